using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Telemetry.Handler.Endpoints;

namespace Telemetry.Handler.Prompting.Caches;

/// <summary>
/// Tells workspaces apart, each of which has a prompt cache of its own, without keeping what tells them: HMAC-SHA-256 of the API key, under
/// the ledger's key. Tokens that are exchanged every hour, and signatures, tell nothing of the workspace.
/// </summary>
/// <param name="key">The ledger's key; asked for when the first call is made.</param>
internal sealed class WorkspaceHash(Lazy<byte[]> key)
{
    private const int MostBytes = 1_024;

    private const string WorkspaceHeader = "anthropic-workspace-id";

    private const string KeyHeader = "x-api-key";
    private const string AzureKeyHeader = "api-key";

    /// <summary>The number of a request's workspace; zero where nothing tells it.</summary>
    public UInt128 Of(HttpRequestMessage request, MessagesEndpoint endpoint)
    {
        // Behind a gateway, the gateway decides.
        var host = endpoint.Location is null ? endpoint.Host : "";
        var workspace = First(request, WorkspaceHeader);
        var apiKey = First(request, KeyHeader) ?? First(request, AzureKeyHeader);
        if (apiKey is null && workspace is null && host.Length == 0)
        {
            return 0;
        }

        Span<byte> text = stackalloc byte[MostBytes];
        "workspace\n"u8.CopyTo(text);
        var length = "workspace\n"u8.Length;
        length += Append(host, text[length..]);
        text[length++] = (byte)'\n';
        length += Append(apiKey ?? "", text[length..]);
        text[length++] = (byte)'\n';
        length += Append(workspace ?? "", text[length..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Value, text[..length], hash);
        CryptographicOperations.ZeroMemory(text);
        return BinaryPrimitives.ReadUInt128BigEndian(hash) | 1;
    }

    /// <summary>A number as the ledger holds it; null for zero.</summary>
    public static string? ToText(UInt128 workspace) => workspace == 0 ? null : workspace.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>A number of the ledger's; zero for what is none.</summary>
    public static UInt128 Parse(string? text) =>
        UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? First(HttpRequestMessage request, string header)
    {
        if (request.Headers.NonValidated.TryGetValues(header, out var values))
        {
            foreach (var value in values)
            {
                return value;
            }
        }

        return null;
    }

    // Room for all three, whatever the characters; what is cut off are no keys of this world.
    private static int Append(string text, Span<byte> room)
    {
        Encoding.UTF8.TryGetBytes(text.AsSpan(0, Math.Min(text.Length, MostBytes / 10)), room, out var length);
        return length;
    }
}
