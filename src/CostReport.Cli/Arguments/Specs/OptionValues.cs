namespace CostReport.Cli.Arguments.Specs;

/// <summary>The values of options that take one of a few: read, explained and completed from this one place.</summary>
internal static class OptionValues
{
    /// <summary>All forms of output, in the order of their enumeration.</summary>
    public static readonly string[] AllFormats = ["table", "json", "csv", "markdown", "jsonl"];

    /// <summary>The forms of a report; the first is the one that is taken where none is given.</summary>
    public static readonly string[] Formats = ["table", "json", "csv", "markdown"];

    /// <summary>The forms of an export; the first is the one that is taken where none is given.</summary>
    public static readonly string[] ExportFormats = ["csv", "jsonl"];

    /// <summary>What can be exported.</summary>
    public static readonly string[] Exports =
    [
        "calls", "usage", "models", "latency", "errors", "attempts", "limits", "context", "conversations", "turns", "sessions", "tools", "cache",
        "advice", "accuracy", "doctor",
    ];

    /// <summary>How calls end.</summary>
    public static readonly string[] Outcomes = ["success", "error", "canceled", "timeout", "truncated", "refused", "interrupted"];

    /// <summary>Who answers.</summary>
    public static readonly string[] Providers = ["anthropic", "bedrock", "bedrock_mantle", "vertex", "foundry", "aws_gateway", "google_cloud"];

    /// <summary>What sums are made by.</summary>
    public static readonly string[] Dimensions =
        ["hour", "day", "week", "month", "model", "provider", "session", "conversation", "tag:", "status", "stop_reason", "error"];

    /// <summary>Shells that words are completed in.</summary>
    public static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];
}
