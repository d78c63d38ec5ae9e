using CostLedger.Pricing.Matching;
using CostLedger.Pricing.Parts;
using CostLedger.Pricing.Rows;
using CostLedger.Records;

namespace CostLedger.Pricing;

/// <summary>Prices a call whose tokens are counted or estimated: the likeliest cost, and where it is unsure, its bounds.</summary>
internal sealed class CountedCall
{
    private readonly PricingRequest _request;
    private readonly PriceRules _rules;
    private readonly UsageParts _usage;
    private readonly RefusalBilling _refusal;
    private readonly PartPricer _pricer;
    private readonly CostSheet _sheet = new(explains: true);
    private readonly List<string> _reasons = [];
    private bool _isOpen;

    public CountedCall(PricingRequest request, UsageParts usage, RefusalBilling refusal, PriceRules rules, RouteFinder routes)
    {
        (_request, _usage, _refusal, _rules) = (request, usage, refusal, rules);
        _pricer = new PartPricer(request, routes);
    }

    /// <summary>Prices it.</summary>
    /// <param name="version">The price list's version.</param>
    /// <returns>The cost; unpriced when no part has a price.</returns>
    /// <exception cref="OverflowException">The cost is beyond all bounds.</exception>
    public CostBreakdown Price(string version)
    {
        var parts = _refusal == RefusalBilling.Free ? WithoutAnswer(_usage.Parts) : _usage.Parts;
        if (PriceParts(parts) is { } why)
        {
            return CostCalculator.Unpriced(why, version, []);
        }

        AddSearches(_sheet);
        MarkUsage(parts);
        var cost = new CallCost
        {
            Basis = CostBasis.Measured,
            ByClass = _sheet.Round(),
            PriceVersion = version,
            SavedByCache = _sheet.RoundSaving(),
            Marks = _sheet.Marks,
        };
        ExplainEstimate(parts);
        cost = _reasons.Count == 0 ? cost : WithBounds(cost, parts);
        return new CostBreakdown(cost, _sheet.Terms, Reason(), _sheet.Modifiers);
    }

    private static List<UsagePart> WithoutAnswer(IReadOnlyList<UsagePart> parts) => [.. parts.Where(part => !part.IsExecutor)];

    // Null, or why nothing of it has a price.
    private string? PriceParts(IReadOnlyList<UsagePart> parts)
    {
        string? why = null;
        var priced = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            // An iteration without tokens costs nothing on any model.
            var isNothing = parts.Count > 1 && parts[i].Prompt + parts[i].Output == 0;
            var missing = isNothing ? null : _pricer.Add(_sheet, parts[i], Scenario.Expected);
            priced += missing is null ? 1 : 0;
            why ??= missing;
        }

        if (why is null || priced == 0)
        {
            return why;
        }

        _isOpen = true;
        _sheet.Mark(CostMarks.IterationUnpriced);
        _reasons.Add("a part of the call has no price and is left out: " + why);
        return null;
    }

    // Failed searches are not counted by the provider. Source: Anthropic pricing page, 2026-08-21: $10 per 1,000.
    private void AddSearches(CostSheet sheet)
    {
        if (_request.Usage?.WebSearchRequests is > 0 and var searches)
        {
            sheet.Add(CostSheet.ServerTools, searches, _rules.WebSearchPer1000, 1000, new CostRate([], "web search"));
        }
    }

    private void MarkUsage(IReadOnlyList<UsagePart> parts)
    {
        var usage = _request.Usage;
        for (var i = 0; i < parts.Count; i++)
        {
            _sheet.MarkIf(parts[i].IsSplitUnknown, CostMarks.SplitUnknown);
            _sheet.MarkIf(parts[i].IsInputUnknown, CostMarks.InputUnknown);
            _sheet.MarkIf(parts[i].OutputLow is not null, CostMarks.OutputEstimated);
        }

        _sheet.MarkIf(_usage.HasDeclined, CostMarks.DeclinedFallbackUnbilled);
        _sheet.MarkIf(_usage.Otherwise is not null, CostMarks.IterationsDisagree);
        _sheet.MarkIf(_refusal == RefusalBilling.Free, CostMarks.RefusalUnbilled);
        _sheet.MarkIf(_refusal == RefusalBilling.Unknown, CostMarks.RefusalBillingUnknown);
        _sheet.MarkIf(Is(usage?.FallbackCreditStatus, "redeemed"), CostMarks.FallbackCredit);
        _sheet.MarkIf(usage?.CodeExecutionRequests > 0, CostMarks.CodeExecutionNotPriced);
        _sheet.MarkIf(!IsOneOf(usage?.ServiceTier, "standard", "batch"), CostMarks.TierPriceUnknown);
        _sheet.MarkIf(!IsOneOf(usage?.InferenceGeo, "global", "not_available") && !Is(usage?.InferenceGeo, "us"), CostMarks.GeoPriceUnknown);
    }

    private void ExplainEstimate(IReadOnlyList<UsagePart> parts)
    {
        var isOutputEstimated = parts.Any(part => part.OutputLow is not null);
        ReasonIf(parts.Any(part => part.IsInputUnknown), "the provider did not tell the input");
        ReasonIf(isOutputEstimated, _request.Estimate?.OutputTokens is null
            ? "the provider did not tell the output, and nothing was estimated"
            : _request.Outcome is CallOutcome.Success or CallOutcome.Refused
                ? "the answer did not tell its output, which was estimated from what arrived"
                : "the answer was cut off before it told its output, which was estimated from what arrived");
        ReasonIf(_pricer.IsGuess, "the model was guessed from a part of its name");
        ReasonIf(_pricer.IsUncertain, "it is not documented which of two prices applies");
        ReasonIf(_usage.Otherwise is not null, "the iterations and the counts of the whole answer contradict each other");
        ReasonIf(_refusal == RefusalBilling.Unknown, "whether a refusal of this category is billed is not known");
    }

    private void ReasonIf(bool condition, string reason)
    {
        if (condition)
        {
            _reasons.Add(reason);
        }
    }

    private CallCost WithBounds(CallCost cost, IReadOnlyList<UsagePart> parts)
    {
        var total = cost.Total ?? NanoUsd.Zero;
        var least = Smaller(total, Total(_refusal == RefusalBilling.Unknown ? WithoutAnswer(parts) : parts, Scenario.Least));
        var most = Greater(total, Total(parts, Scenario.Most));
        if (_usage.Otherwise is { } otherwise)
        {
            least = Smaller(least, Total(otherwise, Scenario.Least));
            most = Greater(most, Total(otherwise, Scenario.Most));
        }

        var isBounded = !_isOpen && !_pricer.IsGuess && parts.All(part => part.IsBounded);
        return cost with
        {
            Basis = CostBasis.Estimated,
            LowerBound = _pricer.IsGuess ? NanoUsd.Zero : least,
            UpperBound = isBounded ? most : null,
        };
    }

    private NanoUsd Total(IReadOnlyList<UsagePart> parts, Scenario scenario)
    {
        var sheet = new CostSheet(explains: false);
        foreach (var part in parts)
        {
            // A part without a price is left out here as it is in the cost.
            _ = _pricer.Add(sheet, part, scenario);
        }

        AddSearches(sheet);
        return sheet.Round().Total;
    }

    private string? Reason()
    {
        if (_refusal == RefusalBilling.Free)
        {
            _reasons.Insert(0, "the refused answer itself is not billed");
        }

        return _reasons.Count == 0 ? null : string.Join("; ", _reasons);
    }

    private static NanoUsd Smaller(NanoUsd left, NanoUsd right) => left < right ? left : right;

    private static NanoUsd Greater(NanoUsd left, NanoUsd right) => left > right ? left : right;

    private static bool IsOneOf(string? told, string usual, string other) => told is null || Is(told, usual) || Is(told, other);

    private static bool Is(string? told, string word) => string.Equals(told, word, StringComparison.OrdinalIgnoreCase);
}
