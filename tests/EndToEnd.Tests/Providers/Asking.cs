namespace EndToEnd.Tests.Providers;

/// <summary>How a question is put.</summary>
public enum Asking
{
    /// <summary><c>Messages.Create</c>.</summary>
    Whole,

    /// <summary><c>Messages.CreateStreaming</c>.</summary>
    Stream,

    /// <summary><c>IChatClient.GetResponseAsync</c>.</summary>
    Chat,

    /// <summary><c>IChatClient.GetStreamingResponseAsync</c>.</summary>
    ChatStream,
}
