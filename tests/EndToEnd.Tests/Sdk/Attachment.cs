namespace EndToEnd.Tests.Sdk;

/// <summary>The two places where the handler fits into the official SDK.</summary>
public enum Attachment
{
    /// <summary><c>ClientOptions.Handlers</c>.</summary>
    Handlers,

    /// <summary>Inside <c>ClientOptions.HttpClient</c>.</summary>
    HttpClient,
}
