namespace Telemetry.Handler.Requests;

/// <summary>How labels are found.</summary>
/// <param name="Tags">Tags of every call of the handler.</param>
/// <param name="KeepSessionNames">Whether sessions found in requests are stored in clear.</param>
/// <param name="Hash">The hash that hides them otherwise.</param>
internal sealed record LabelSettings(IReadOnlyDictionary<string, string>? Tags, bool KeepSessionNames, KeyedHash Hash);
