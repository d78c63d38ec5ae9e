using System.Globalization;
using CostLedger.Pricing.Parts;
using CostLedger.Pricing.Rows;
using CostLedger.Records;

namespace CostLedger.Pricing;

/// <summary>What is not billed at all, whatever its usage says.</summary>
internal static class Billing
{
    private const int FirstSuccess = 200;
    private const int FirstRedirect = 300;
    private const int FirstError = 400;

    /// <summary>Why a call is free; null when it is not, or when a refusal's rules decide.</summary>
    public static string? WhyFree(PricingRequest request, bool hasCounts) => request.Operation switch
    {
        Operation.CountTokens => "counting tokens is free",
        Operation.BatchCreate => "creating a batch is free; its results are billed",
        Operation.BatchResults => "reading a batch's results is free; each result is billed by itself",
        Operation.BatchOther => "looking at or cancelling batches is free",
        Operation.Models => "listing models is free",
        Operation.BatchResult when !hasCounts && request.Outcome != CallOutcome.Success =>
            "batch requests that errored, expired or were cancelled are not billed",
        _ => WhyFree(request.HttpStatus),
    };

    // Anthropic states it for batches only; for HTTP errors it follows from their having no usage.
    private static string? WhyFree(int? status) => status switch
    {
        null or (>= FirstSuccess and < FirstRedirect) => null,
        >= FirstError => string.Create(CultureInfo.InvariantCulture, $"HTTP {status}: error answers have no usage and are not billed"),
        _ => string.Create(CultureInfo.InvariantCulture, $"HTTP {status} is no answer of the API"),
    };

    /// <summary>
    /// Whether a refusal is billed. After output it is, like an answer; before any output the price list says, by day and
    /// category. Source: Anthropic pricing page, 2026-08-21; release notes of 2026-09-24 (third-party copies).
    /// </summary>
    public static RefusalBilling OfRefusal(PricingRequest request, IReadOnlyList<RefusalPeriod> periods)
    {
        if (request.Outcome != CallOutcome.Refused || (request.HasOutput ?? HasOutputTokens(request.Usage)))
        {
            return RefusalBilling.Billed;
        }

        var day = DateOnly.FromDateTime(request.At.UtcDateTime);
        var category = request.RefusalCategory;
        foreach (var period in periods)
        {
            if ((period.From is null || day >= period.From) && (period.Until is null || day < period.Until))
            {
                return OfCategory(category, period);
            }
        }

        return RefusalBilling.Free;
    }

    private static RefusalBilling OfCategory(string? category, RefusalPeriod period)
    {
        if (category is null)
        {
            return RefusalBilling.Free;
        }

        if (period.Billed.Contains(category, StringComparer.OrdinalIgnoreCase))
        {
            return RefusalBilling.Billed;
        }

        var isFree = period.Unbilled is null || period.Unbilled.Contains(category, StringComparer.OrdinalIgnoreCase);
        return isFree ? RefusalBilling.Free : RefusalBilling.Unknown;
    }

    private static bool HasOutputTokens(TokenUsage? usage) => usage?.OutputTokens > 0;
}
