using CostLedger.Pricing;
using CostLedger.Records;

namespace Telemetry.Handler.Caching.Model;

/// <summary>The rules of the models that were asked, with what usage taught of them. For one thread at a time.</summary>
internal sealed class RulesBook(PriceBook prices)
{
    private const int MaxModels = 1_024;

    private readonly TwoGenerations<(Provider, string, string), CacheRules> _rules = new(MaxModels);

    /// <summary>The rules of a model at its place.</summary>
    public CacheRules Of(in CacheScope scope)
    {
        var (model, location) = (scope.Model ?? "", scope.Location ?? "");
        var key = (scope.Provider, location, model);
        if (!_rules.TryGet(key, out var rules))
        {
            rules = CacheRules.Of(prices, model, scope.Provider, scope.Location);
            _rules.Set(key, rules, weight: 1);
        }

        return rules;
    }
}
