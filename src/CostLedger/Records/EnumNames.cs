namespace CostLedger.Records;

/// <summary>The names of the records' values in reports, JSON and telemetry.</summary>
public static class EnumNames
{
    private static readonly string[] Providers =
        ["anthropic", "bedrock", "bedrock_mantle", "vertex", "foundry", "aws_gateway", "google_cloud"];

    private static readonly string[] Operations =
        ["messages", "count_tokens", "batch_create", "batch_results", "batch_result", "converse", "models", "batch_other"];

    private static readonly string[] Outcomes =
        ["success", "error", "canceled", "timeout", "truncated", "refused", "interrupted"];

    private static readonly string[] StreamEnds =
        ["message_stop", "eof_without_stop", "error_event", "disposed", "canceled", "faulted"];

    private static readonly string[] Bases = ["measured", "estimated", "unbilled", "unpriced"];

    /// <summary>The provider's name, for example <c>bedrock</c>.</summary>
    /// <param name="value">The provider.</param>
    /// <returns>The name; <c>unknown</c> for a number this version does not know.</returns>
    public static string Name(this Provider value) => Of(Providers, (int)value);

    /// <summary>The operation's name, for example <c>count_tokens</c>.</summary>
    /// <param name="value">The operation.</param>
    /// <returns>The name; <c>unknown</c> for a number this version does not know.</returns>
    public static string Name(this Operation value) => Of(Operations, (int)value);

    /// <summary>The outcome's name, for example <c>truncated</c>.</summary>
    /// <param name="value">The outcome.</param>
    /// <returns>The name; <c>unknown</c> for a number this version does not know.</returns>
    public static string Name(this CallOutcome value) => Of(Outcomes, (int)value);

    /// <summary>The ending's name, for example <c>eof_without_stop</c>.</summary>
    /// <param name="value">The ending.</param>
    /// <returns>The name; <c>unknown</c> for a number this version does not know.</returns>
    public static string Name(this StreamEnd value) => Of(StreamEnds, (int)value);

    /// <summary>The basis' name, for example <c>measured</c>.</summary>
    /// <param name="value">The basis.</param>
    /// <returns>The name; <c>unknown</c> for a number this version does not know.</returns>
    public static string Name(this CostBasis value) => Of(Bases, (int)value);

    /// <summary>Finds a provider by name.</summary>
    /// <param name="name">The name, as <see cref="Name(Provider)"/> gives it.</param>
    /// <returns>The provider, or null.</returns>
    public static Provider? FindProvider(string name) => (Provider?)Find(Providers, name);

    /// <summary>Finds an outcome by name.</summary>
    /// <param name="name">The name, as <see cref="Name(CallOutcome)"/> gives it.</param>
    /// <returns>The outcome, or null.</returns>
    public static CallOutcome? FindOutcome(string name) => (CallOutcome?)Find(Outcomes, name);

    private static string Of(string[] names, int value) => value > 0 && value <= names.Length ? names[value - 1] : "unknown";

    private static int? Find(string[] names, string name)
    {
        var index = Array.IndexOf(names, name);
        return index < 0 ? null : index + 1;
    }
}
