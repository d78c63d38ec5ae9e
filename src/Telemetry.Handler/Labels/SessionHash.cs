using System.Security.Cryptography;
using System.Text;

namespace Telemetry.Handler.Labels;

/// <summary>
/// Replaces session ids that the application did not choose itself: HMAC-SHA-256 under a key of the ledger's own, so that a
/// session has one name within a ledger and none that could be recognised elsewhere.
/// </summary>
/// <param name="key">The key; 32 random bytes that are kept beside the ledger. Asked for when the first session is met.</param>
internal sealed class SessionHash(Lazy<byte[]> key)
{
    /// <summary>What such a name begins with.</summary>
    public const string Prefix = "cc-";

    // 80 bits: among a million sessions two are confused with a probability below one in two million million.
    private const int HashBytes = 10;

    /// <summary>A hash with a key at hand.</summary>
    public SessionHash(byte[] key)
        : this(new Lazy<byte[]>(key))
    {
    }

    /// <summary>The name of a session.</summary>
    /// <param name="session">The id that must not be kept.</param>
    /// <returns>The name.</returns>
    public string Of(string session)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(session), hash);
        return Prefix + Convert.ToHexStringLower(hash[..HashBytes]);
    }
}
