using System.Security.Cryptography;
using System.Text;

namespace Telemetry.Handler.Labels;

/// <summary>
/// Names the holder of rate limits without telling who it is: HMAC-SHA-256 of the organisation and workspace that answered for
/// a call, under the key of <see cref="SessionHash"/>.
/// </summary>
/// <param name="key">The key; asked for when the first organisation is met.</param>
internal sealed class ScopeHash(Lazy<byte[]> key)
{
    /// <summary>What such a name begins with.</summary>
    public const string Prefix = "org-";

    private const int HashBytes = 10;

    // Nearly all calls of a program are answered for by one organisation.
    private volatile Entry? _last;

    /// <summary>A hash with a key at hand.</summary>
    public ScopeHash(byte[] key)
        : this(new Lazy<byte[]>(key))
    {
    }

    /// <summary>The name of a holder.</summary>
    /// <param name="organization">The organisation's id; null when the response named none.</param>
    /// <param name="workspace">The workspace's id, where the response named one.</param>
    /// <returns>The name; null without an organisation.</returns>
    public string? Of(string? organization, string? workspace)
    {
        if (organization is null)
        {
            return null;
        }

        if (_last is not { } last || !last.IsOf(organization, workspace))
        {
            _last = last = new Entry(organization, workspace, Hash(organization, workspace));
        }

        return last.Name;
    }

    // Ids have no line ends, and no session's hash begins so.
    private string Hash(string organization, string? workspace)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes($"organization\n{organization}\n{workspace}"), hash);
        return Prefix + Convert.ToHexStringLower(hash[..HashBytes]);
    }

    private sealed record Entry(string Organization, string? Workspace, string Name)
    {
        public bool IsOf(string organization, string? workspace) =>
            string.Equals(Organization, organization, StringComparison.Ordinal) && string.Equals(Workspace, workspace, StringComparison.Ordinal);
    }
}
