using System.Text.Json;

namespace CostLedger.Pricing.Files;

/// <summary>
/// Reads the members of one object and notes every fault. A faulty member reads as nothing, so that reading goes on and
/// finds the other faults. <see cref="Finish"/> names the members that nobody asked for.
/// </summary>
internal sealed class ObjectReader
{
    private readonly ValueReader _values;
    private readonly Dictionary<string, JsonValue> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly bool _isObject;

    public ObjectReader(JsonValue place, ValueReader values)
    {
        (Place, _values) = (place, values);
        _isObject = place.Kind == JsonTokenType.StartObject;
        if (!_isObject)
        {
            values.Faults.Add(place, "must be an object");
            return;
        }

        foreach (var member in place.Children)
        {
            if (!_members.TryAdd(member.Name, member))
            {
                values.Faults.Add(member, "is there twice");
            }
        }
    }

    public JsonValue Place { get; }

    /// <summary>All members, whatever their names: for objects that are used as dictionaries.</summary>
    public IReadOnlyList<JsonValue> Members
    {
        get
        {
            _asked.UnionWith(_members.Keys);
            return _isObject ? Place.Children : [];
        }
    }

    public string? Text(string name) => _values.Text(NotNull(name));

    public string? OptionalText(string name) => _values.Text(Optional(name));

    public bool? Flag(string name) => _values.Flag(NotNull(name));

    public DateOnly? Date(string name) => _values.Date(NotNull(name));

    public DateOnly? OptionalDate(string name) => _values.Date(Optional(name));

    /// <summary>A day or null; the member must be written, so that an open end is meant and not forgotten.</summary>
    public DateOnly? DateOrNull(string name) => _values.Date(Nullable(name));

    public decimal? Price(string name) => _values.Price(NotNull(name));

    /// <summary>A price, or null for what cannot be bought; the member must be written.</summary>
    public decimal? PriceOrNull(string name) => _values.Price(Nullable(name));

    public decimal? Factor(string name) => _values.Factor(NotNull(name));

    public decimal? OptionalFactor(string name) => _values.Factor(Optional(name));

    public int? Count(string name) => _values.Count(NotNull(name));

    /// <summary>A whole number, or null for unknown; the member must be written.</summary>
    public int? CountOrNull(string name) => _values.Count(Nullable(name));

    public IReadOnlyList<JsonValue> List(string name) => _values.List(NotNull(name));

    public IReadOnlyList<JsonValue> OptionalList(string name) => _values.List(Optional(name));

    public IReadOnlyList<string> Texts(string name) => _values.Texts(NotNull(name));

    /// <summary>A list of texts or null; the member must be written.</summary>
    public IReadOnlyList<string>? TextsOrNull(string name) => Nullable(name) is { } value ? _values.Texts(value) : null;

    public ObjectReader? Object(string name) => NotNull(name) is { } value ? new ObjectReader(value, _values) : null;

    /// <summary>An object or null; the member must be written.</summary>
    public ObjectReader? ObjectOrNull(string name) => Nullable(name) is { } value ? new ObjectReader(value, _values) : null;

    /// <summary>Notes a fault at a member, or at the object if the member is missing.</summary>
    public void Fault(string name, string message)
    {
        if (_members.TryGetValue(name, out var member))
        {
            _values.Faults.Add(member, message);
        }
        else
        {
            _values.Faults.Add(Place, name, message);
        }
    }

    /// <summary>Notes a fault unless the first UTC day lies before the end.</summary>
    public void CheckOrder(DateOnly? from, DateOnly? until)
    {
        if (until <= from)
        {
            Fault("until", "must be later than \"from\": it is the first day that is no longer in the period");
        }
    }

    /// <summary>Names the members that no one asked for.</summary>
    public void Finish()
    {
        foreach (var (name, member) in _members)
        {
            if (!_asked.Contains(name))
            {
                _values.Faults.Add(member, "is not known here; correct its spelling or remove it");
            }
        }
    }

    private JsonValue? Optional(string name)
    {
        _asked.Add(name);
        return _members.GetValueOrDefault(name);
    }

    private JsonValue? Required(string name)
    {
        var member = Optional(name);
        if (member is null && _isObject)
        {
            _values.Faults.Add(Place, name, "is missing");
        }

        return member;
    }

    private JsonValue? Nullable(string name) => Required(name) is { Kind: not JsonTokenType.Null } value ? value : null;

    private JsonValue? NotNull(string name)
    {
        if (Required(name) is not { } value)
        {
            return null;
        }

        if (value.Kind != JsonTokenType.Null)
        {
            return value;
        }

        _values.Faults.Add(value, "must not be null");
        return null;
    }
}
