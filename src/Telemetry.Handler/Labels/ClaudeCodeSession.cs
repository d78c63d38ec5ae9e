using System.Buffers;
using System.Text;
using System.Text.Json;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Labels;

/// <summary>
/// Finds the session in the <c>metadata.user_id</c> of Claude Code: <c>user_{64 hex}_account_{uuid?}_session_{uuid}</c>, and
/// since its version 2.1.78 a JSON text <c>{"device_id":…,"account_uuid":…,"session_id":…}</c>.
/// </summary>
internal static class ClaudeCodeSession
{
    private const string User = "user_";
    private const string Account = "_account_";
    private const string Session = "_session_";
    private const int DeviceLength = 64;
    private const int UuidLength = 36;
    private const int MaxSessionLength = 128;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> HexAndDash = SearchValues.Create("0123456789abcdefABCDEF-");

    /// <summary>Finds it.</summary>
    /// <param name="userId">The value of <c>metadata.user_id</c>.</param>
    /// <returns>The session's id; null for a user id of another kind.</returns>
    public static string? Find(string? userId) =>
        userId is null ? null : userId.AsSpan().TrimStart().StartsWith('{') ? FindInJson(userId) : FindInText(userId);

    private static string? FindInText(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(User, StringComparison.Ordinal) || text.Length < User.Length + DeviceLength)
        {
            return null;
        }

        var device = text.Slice(User.Length, DeviceLength);
        var rest = text[(User.Length + DeviceLength)..];
        if (device.ContainsAnyExcept(Hex) || !rest.StartsWith(Account, StringComparison.Ordinal))
        {
            return null;
        }

        rest = rest[Account.Length..];
        var at = rest.IndexOf(Session, StringComparison.Ordinal);
        if (at < 0 || at > UuidLength || rest[..at].ContainsAnyExcept(HexAndDash))
        {
            return null;
        }

        var session = rest[(at + Session.Length)..];
        return session.Length == UuidLength && !session.ContainsAnyExcept(HexAndDash) ? session.ToString() : null;
    }

    private static string? FindInJson(string text)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return FindSessionId(ref json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? FindSessionId(ref Utf8JsonReader json)
    {
        string? session = null;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isSession = JsonText.Is(ref json, "session_id"u8);
            json.Read();
            if (isSession)
            {
                session = json.TokenType == JsonTokenType.String ? JsonText.Read(ref json) : null;
            }

            json.Skip();
        }

        return string.IsNullOrWhiteSpace(session) || session.Length > MaxSessionLength ? null : session;
    }
}
