using System.Globalization;
using CostLedger.Pricing.Rows;

namespace CostLedger.Pricing.Matching;

/// <summary>
/// Finds the model that an id stands for: by the id itself, by the list's aliases, by undoing a provider's spelling, by
/// leaving out a date, and at last by the family. It says why.
/// </summary>
internal sealed class ModelMatcher
{
    private readonly IReadOnlyDictionary<string, string> _ownNames;
    private readonly Dictionary<string, DateOnly> _models = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that follow from ids and aliases by taking off decorations, with the model they belong to.</summary>
    private readonly Dictionary<string, string> _derived = new(StringComparer.Ordinal);

    public ModelMatcher(PriceList list)
    {
        _ownNames = list.Rules.Aliases;
        foreach (var row in list.Rows)
        {
            if (!_models.TryGetValue(row.Model, out var first) || row.From < first)
            {
                _models[row.Model] = row.From;
            }

            foreach (var alias in row.Aliases)
            {
                _aliases.TryAdd(alias, row.Model);
            }
        }

        foreach (var (name, model) in _models.Keys.Select(model => (model, model)).Concat(_aliases.Select(pair => (pair.Key, pair.Value))))
        {
            Derive(ModelId.Parse(name).Name, model);
        }
    }

    public NameMatch Match(string asked, DateOnly day)
    {
        if (_ownNames.TryGetValue(asked.Trim(), out var own))
        {
            var target = Canonical(own);
            return new NameMatch(ModelId.Parse(asked), target, MatchKind.Alias, $"\"{asked}\" is an alias in the price file for {target}");
        }

        var id = ModelId.Parse(asked);
        if (id.IsOpaque)
        {
            return new NameMatch(id, null, MatchKind.None, $"\"{asked}\" does not tell its model; name it in the handler's ModelAliases, or in the price file's aliases");
        }

        return ByName(asked, asked.Trim(), id)
            ?? ByName(asked, id.Core, id)
            ?? ByName(asked, id.Base, id)
            ?? BySpelling(asked, id)
            ?? ByFamily(asked, id)
            ?? ByNewest(asked, id, day)
            ?? new NameMatch(id, null, MatchKind.None, $"no model of the price list is like \"{asked}\"; if the name is your own, tell its model in the handler's ModelAliases");
    }

    private NameMatch? ByName(string asked, string name, ModelId id)
    {
        if (_models.ContainsKey(name))
        {
            var kind = string.Equals(asked, name, StringComparison.OrdinalIgnoreCase) ? MatchKind.Exact : MatchKind.Spelling;
            return new NameMatch(id, Canonical(name), kind, $"\"{asked}\" is the model's id");
        }

        return _aliases.TryGetValue(name, out var model)
            ? new NameMatch(id, model, MatchKind.Alias, $"\"{asked}\" is an alias of {model}")
            : null;
    }

    private NameMatch? BySpelling(string asked, ModelId id)
    {
        var name = Spelling.WithoutLatest(id.Name);
        if (Find(name) is { } spelled)
        {
            return new NameMatch(id, spelled, MatchKind.Spelling, $"\"{asked}\" is a spelling of {spelled}");
        }

        if (Spelling.Reordered(name) is { } other && Find(other) is { } reordered)
        {
            return new NameMatch(id, reordered, MatchKind.Spelling, $"\"{asked}\" is {reordered} with its version in another place");
        }

        var undated = Spelling.WithoutDate(name);
        var model = Find(undated) ?? (Spelling.Reordered(undated) is { } swapped ? Find(swapped) : null);
        return model is null
            ? null
            : new NameMatch(id, model, MatchKind.Undated, $"\"{asked}\" is {model} with a date that the price list does not know");
    }

    // Only words may follow: claude-opus-5-thinking is a form of claude-opus-5, claude-opus-5-7 is another model.
    private NameMatch? ByFamily(string asked, ModelId id)
    {
        var name = Spelling.WithoutDate(id.Name);
        for (var dash = name.LastIndexOf('-'); dash > 0; dash = name.LastIndexOf('-', dash - 1))
        {
            if (!char.IsAsciiLetter(name.AsSpan(dash + 1) is [var next, ..] ? next : ' '))
            {
                return null;
            }

            if (name.AsSpan(0, dash).ContainsAnyInRange('0', '9') && Find(name[..dash]) is { } model)
            {
                return new NameMatch(id, model, MatchKind.Family, $"\"{asked}\" begins like {model}; its price is a guess");
            }
        }

        return null;
    }

    private NameMatch? ByNewest(string asked, ModelId id, DateOnly day)
    {
        if (!id.Name.EndsWith("-latest", StringComparison.Ordinal))
        {
            return null;
        }

        var prefix = Spelling.WithoutLatest(id.Name) + "-";
        string? newest = null;
        foreach (var (model, from) in _models)
        {
            var isOfFamily = model.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                && model.Length > prefix.Length && char.IsAsciiDigit(model[prefix.Length]);
            if (isOfFamily && from <= day && (newest is null || from > _models[newest]))
            {
                newest = model;
            }
        }

        return newest is null
            ? null
            : new NameMatch(id, newest, MatchKind.Newest, string.Create(
                CultureInfo.InvariantCulture, $"\"{asked}\" is taken as the newest of its family on {day:yyyy-MM-dd}, {newest}"));
    }

    private string? Find(string name) =>
        _models.ContainsKey(name) ? Canonical(name) : _aliases.GetValueOrDefault(name) ?? _derived.GetValueOrDefault(name);

    /// <summary>The id as the list spells it.</summary>
    private string Canonical(string name) =>
        _models.Keys.First(model => string.Equals(model, name, StringComparison.OrdinalIgnoreCase));

    private void Derive(string name, string model)
    {
        Add(name);
        Add(Spelling.WithoutLatest(name));
        Add(Spelling.WithoutDate(name));

        // A name without a version would stand for every model. Where two models share a name, the newer one has it.
        void Add(string key)
        {
            var isTaken = _derived.TryGetValue(key, out var other) && _models[other] >= _models[model];
            if (key.AsSpan().ContainsAnyInRange('0', '9') && !isTaken)
            {
                _derived[key] = model;
            }
        }
    }
}
