// Pages of Chat's portal: their styles, and what only they do.
import "./styles/chat.css";
import { offerCopies } from "./week";

offerCopies();
