/** Lets the screens import what Vite turns into modules (`?raw`, style sheets). */
/// <reference types="vite/client" />
