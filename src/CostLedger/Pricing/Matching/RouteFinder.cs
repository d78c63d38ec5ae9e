using System.Collections.Concurrent;
using CostLedger.Pricing.Rows;

namespace CostLedger.Pricing.Matching;

/// <summary>Finds the price rows of a model at a provider. Safe for use by many threads.</summary>
internal sealed class RouteFinder(PriceList list)
{
    /// <summary>Ids come from requests, so an attacker could invent any number of them.</summary>
    private const int MaxRemembered = 4096;

    private readonly ModelMatcher _matcher = new(list);
    private readonly ILookup<(string Model, string Key), PriceRow> _rows = list.Rows.ToLookup(row => (row.Model, row.Provider));
    private readonly ConcurrentDictionary<RouteQuery, PriceRoute> _remembered = new();
    private int _count;

    public PriceRoute Find(RouteQuery query, DateOnly day)
    {
        if (_remembered.TryGetValue(query, out var known))
        {
            return known;
        }

        var route = Search(query, day);
        var isOfTheDay = route.Name.Kind == MatchKind.Newest;
        if (!isOfTheDay && Volatile.Read(ref _count) < MaxRemembered && _remembered.TryAdd(query, route))
        {
            Interlocked.Increment(ref _count);
        }

        return route;
    }

    private PriceRoute Search(RouteQuery query, DateOnly day)
    {
        var name = _matcher.Match(query.Model, day);
        var carrier = Carrier(query, name.Id);
        var place = PlaceRule.For(query.Provider, query.Location, carrier, list.Rules.BareBedrockId);
        return Search(name, place) with { IsBatch = name.Id.IsBatch || carrier.IsBatch };
    }

    private PriceRoute Search(NameMatch name, PlaceRule place)
    {
        if (name.Model is not { } model)
        {
            return Nothing(name, place, name.Explanation);
        }

        if (_rows.Contains((model, place.Key)))
        {
            return Route(name, place, (place.Key, 1), isSubstitute: false);
        }

        return Substitute(model, place.Key) is { } substitute
            ? Route(name, place, substitute, isSubstitute: !IsListedThere(model, substitute.Key, name.Id))
            : Nothing(name, place, $"{name.Explanation}, but the price list has no price for it at {place.Key}");
    }

    // A Bedrock answer names the model without the profile; only the id that was called has it.
    private static ModelId Carrier(RouteQuery query, ModelId model) =>
        model.IsBedrock || query.ModelRequested is null ? model : ModelId.Parse(query.ModelRequested);

    private (string Key, decimal Factor)? Substitute(string model, string key)
    {
        var factor = 1m;
        while (list.Rules.Substitutes.TryGetValue(key, out var rule))
        {
            key = rule.Use;
            factor *= TakesFactor(model, rule) ? rule.Factor : 1;
            if (_rows.Contains((model, key)))
            {
                return (key, factor);
            }
        }

        return null;
    }

    private bool TakesFactor(string model, SubstituteRule rule) =>
        rule.ModelsFrom is not { } first || list.Rows.Where(row => string.Equals(row.Model, model, StringComparison.Ordinal)).Min(row => row.From) >= first;

    // Some old models have their regional Bedrock ids in the row of the global ones.
    private bool IsListedThere(string model, string key, ModelId id) =>
        _rows[(model, key)].Any(row => row.Aliases.Contains(id.Core, StringComparer.OrdinalIgnoreCase));

    private PriceRoute Route(NameMatch name, PlaceRule place, (string Key, decimal Factor) from, bool isSubstitute)
    {
        var rows = _rows[(name.Model!, from.Key)].ToArray();
        var instead = isSubstitute ? $" (no price at {place.Key})" : "";
        return new PriceRoute
        {
            Name = name,
            Place = place,
            Rows = rows,
            Labels = [.. rows.Select(row => row.Label + instead)],
            IsSubstitute = isSubstitute,
            Factor = from.Factor,
            IsPremium = from.Factor != 1 || IsDearer(name.Model!, from.Key, rows[0]),
            Explanation = isSubstitute
                ? $"{name.Explanation}; {place.Why}; the price list has no row there, so {from.Key} stands in"
                : $"{name.Explanation}; {place.Why}",
        };
    }

    private bool IsDearer(string model, string key, PriceRow row) =>
        key is PriceKeys.BedrockRegional or PriceKeys.BedrockGovCloud or PriceKeys.VertexRegional
        && list.Rules.Substitutes.TryGetValue(key, out var rule)
        && _rows[(model, rule.Use)].FirstOrDefault() is { } global
        && row.Standard.Input > global.Standard.Input;

    private static PriceRoute Nothing(NameMatch name, PlaceRule place, string why) =>
        new() { Name = name, Place = place, Rows = [], Labels = [], Explanation = why };
}
