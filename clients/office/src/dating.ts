// Pages of Dating: their styles, the countdown, and the conversation where there is one.
import "./styles/dating.css";
import { startCountdowns } from "./dating/countdown";
import { startChat } from "./dating/chat";
import { startContacts } from "./dating/contacts";
import { startMenus } from "./dating/menu";

startCountdowns();
startChat();
startMenus();
startContacts();
