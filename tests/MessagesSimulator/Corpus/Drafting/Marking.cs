namespace MessagesSimulator.Corpus.Drafting;

/// <summary>Where a client sets its breakpoints.</summary>
internal enum Marking
{
    /// <summary>None.</summary>
    None,

    /// <summary>At the top of the request: the API sets it on the last block.</summary>
    Automatic,

    /// <summary>On the last block of the last message.</summary>
    LastMessage,

    /// <summary>On the last block of the system prompt only.</summary>
    System,

    /// <summary>On the last block of the system prompt and of the last message.</summary>
    SystemAndLastMessage,

    /// <summary>The same; the system prompt for an hour.</summary>
    HourSystemAndLastMessage,

    /// <summary>The same; both for an hour.</summary>
    HourSystemAndHourLastMessage,

    /// <summary>On the last tool, the last block of the system prompt, and those of the last two messages of the user.</summary>
    ToolsSystemAndTwoMessages,

    /// <summary>On the last tool only.</summary>
    Tools,

    /// <summary>On the first tool only.</summary>
    FirstTool,

    /// <summary>On the last block of the first message.</summary>
    FirstMessage,
}
