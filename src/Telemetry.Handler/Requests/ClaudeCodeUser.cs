using System.Text.Json;
using System.Text.RegularExpressions;

namespace Telemetry.Handler.Requests;

/// <summary>
/// The session in the <c>metadata.user_id</c> that Claude Code sends: a JSON text since 2.1.78, before that
/// <c>user_{hash}_account_{uuid}_session_{uuid}</c>. Other applications' ids are opaque and say nothing.
/// </summary>
internal static partial class ClaudeCodeUser
{
    /// <summary>The session's id.</summary>
    /// <returns>Null where the text has none.</returns>
    public static string? SessionOf(string? userId)
    {
        if (string.IsNullOrEmpty(userId))
        {
            return null;
        }

        if (userId[0] == '{')
        {
            return SessionOfJson(userId);
        }

        var match = OldForm().Match(userId);
        return match.Success ? match.Groups["session"].Value : null;
    }

    private static string? SessionOfJson(string userId)
    {
        try
        {
            using var document = JsonDocument.Parse(userId);
            return document.RootElement.TryGetProperty("session_id", out var session) && session.ValueKind == JsonValueKind.String
                ? session.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("^user_[0-9a-f]{64}_account_[0-9a-f-]{0,36}_session_(?<session>[0-9a-f-]{36})$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex OldForm();
}
