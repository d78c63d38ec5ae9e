namespace Telemetry.Handler.Messages;

/// <summary>What an answer is, as its status, its content type and the operation say.</summary>
internal enum AnswerKind
{
    /// <summary>Server-sent events of one message.</summary>
    MessageStream,

    /// <summary>An AWS event stream of one message.</summary>
    EventStream,

    /// <summary>One message as JSON.</summary>
    MessageBody,

    /// <summary>The count of a prompt's tokens as JSON.</summary>
    TokenCount,

    /// <summary>A message batch, or a page of them, as JSON.</summary>
    Batch,

    /// <summary>The results of a batch, one JSON object a line.</summary>
    BatchResults,

    /// <summary>An error, JSON if it comes from the API.</summary>
    Error,

    /// <summary>A page where a message was expected, as proxies and logins send it: only its bytes pass.</summary>
    Page,

    /// <summary>Anything else: only its bytes pass.</summary>
    Unparsed,
}
