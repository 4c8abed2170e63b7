declare module "*.css";
declare module "virtual:icons" {
  const shapes: Record<string, [string, Record<string, string>][]>;
  export default shapes;
}
