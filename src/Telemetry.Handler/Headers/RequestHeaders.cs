using System.Globalization;

namespace Telemetry.Handler.Headers;

/// <summary>What the request's headers say of the call.</summary>
internal sealed record RequestHeaders
{
    private const string RetryCountHeader = "x-stainless-retry-count";
    private const string BetaHeader = "anthropic-beta";
    private const int MaxRetries = 1_000;
    private const int MaxBetas = 32;
    private const int MaxBetaLength = 64;

    /// <summary>How often the official SDK has retried before this attempt; null when it does not say.</summary>
    public int? RetryCount { get; init; }

    /// <summary>The beta features that are asked for.</summary>
    public IReadOnlyList<string> Betas { get; init; } = [];

    /// <summary>Reads them.</summary>
    /// <param name="request">The request.</param>
    public static RequestHeaders Read(HttpRequestMessage request) => new()
    {
        RetryCount = ReadRetryCount(request),
        Betas = ReadBetas(request),
    };

    private static int? ReadRetryCount(HttpRequestMessage request) =>
        HeaderText.First(request.Headers, RetryCountHeader) is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count <= MaxRetries
            ? count
            : null;

    private static List<string> ReadBetas(HttpRequestMessage request)
    {
        var betas = new List<string>();
        if (!request.Headers.NonValidated.TryGetValues(BetaHeader, out var values))
        {
            return betas;
        }

        foreach (var value in values)
        {
            foreach (var beta in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (betas.Count < MaxBetas && beta.Length <= MaxBetaLength)
                {
                    betas.Add(beta);
                }
            }
        }

        return betas;
    }
}
