namespace MessagesSimulator; internal static class Placeholder;
