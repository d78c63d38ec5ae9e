namespace CostLedger.Pricing.Files;

/// <summary>Collects faults, so that one reading of a file tells all of them.</summary>
internal sealed class FaultList
{
    private readonly List<PriceFault> _faults = [];

    public IReadOnlyList<PriceFault> Faults => _faults;

    public void Add(JsonValue place, string message) => _faults.Add(new PriceFault(place.Path, place.Line, message));

    public void Add(JsonValue place, string member, string message) =>
        _faults.Add(new PriceFault($"{place.Path}.{member}", place.Line, message));
}
