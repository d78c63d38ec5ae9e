using System.Security.Cryptography;
using System.Text;

namespace Telemetry.Handler.Labels;

/// <summary>
/// Replaces session ids that the application did not choose itself: HMAC-SHA-256 under a key of the ledger's own, so that a
/// session has one name within a ledger and none that could be recognised elsewhere.
/// </summary>
/// <param name="key">The key; 32 random bytes that are kept beside the ledger.</param>
internal sealed class SessionHash(byte[] key)
{
    /// <summary>What such a name begins with.</summary>
    public const string Prefix = "cc-";

    // 80 bits: among a million sessions two are confused with a probability below one in two million million.
    private const int HashBytes = 10;

    /// <summary>The name of a session.</summary>
    /// <param name="session">The id that must not be kept.</param>
    /// <returns>The name.</returns>
    public string Of(string session)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(session), hash);
        return Prefix + Convert.ToHexStringLower(hash[..HashBytes]);
    }
}
