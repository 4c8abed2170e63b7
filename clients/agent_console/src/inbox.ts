import "./styles/index.css";
import { mount } from "./main.tsx";

mount();
