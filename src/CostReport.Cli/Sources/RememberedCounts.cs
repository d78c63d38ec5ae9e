using System.Security.Cryptography;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Tokens;

namespace CostReport.Cli.Sources;

/// <summary>
/// Counts each text once: the same request is estimated for many models, and the requests of a file share their beginnings.
/// Texts are told apart by their SHA-256, and not kept.
/// </summary>
internal sealed class RememberedCounts(ITokenCounter inner) : ITokenCounter
{
    private const int Most = 16_384;

    // To hash a text costs as much as to count a few words.
    private const int ShortestWorthwhile = 256;

    private readonly Dictionary<(ulong, ulong, ulong, ulong), int> _counts = [];
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <summary>An estimator that remembers.</summary>
    public static Func<ReadOnlyMemory<byte>, string?, IReadOnlyList<string>, PromptEstimate> Estimator()
    {
        var estimator = new Lazy<PromptEstimator>(() => new PromptEstimator(new RememberedCounts(TokenCounter.O200kBase)));
        return (body, model, betas) => estimator.Value.Estimate(body.Span, model, betas);
    }

    /// <inheritdoc/>
    public int Count(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < ShortestWorthwhile)
        {
            return inner.Count(utf8);
        }

        var key = KeyOf(utf8);
        lock (_lock)
        {
            if (_counts.TryGetValue(key, out var known))
            {
                return known;
            }
        }

        var count = inner.Count(utf8);
        lock (_lock)
        {
            if (_counts.Count >= Most)
            {
                _counts.Clear();
            }

            _counts[key] = count;
        }

        return count;
    }

    private static (ulong, ulong, ulong, ulong) KeyOf(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return (BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]), BitConverter.ToUInt64(hash[16..]), BitConverter.ToUInt64(hash[24..]));
    }
}
