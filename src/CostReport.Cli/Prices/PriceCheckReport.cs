using CostReport.Cli.Documents;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Prices;

/// <summary>The faults of a price file, or that it has none.</summary>
internal static class PriceCheckReport
{
    /// <summary>Makes the report.</summary>
    public static Report Of(PriceCheck check) => new(
        $"Check of {check.Name}",
        "",
        [
            check.Faults.Count == 0
                ? new Section { Notes = [new Cell($"No fault: {Figures.Count(check.Rows, "price")}, version {check.Version}.", Tone.Good)] }
                : new Section
                {
                    Notes =
                    [
                        .. check.Faults.Select(f => new Cell(Fault(f), Tone.Bad)),
                        new Cell($"{Figures.Count(check.Faults.Count, "fault")}; nothing of the file would be used.", Tone.Strong),
                    ],
                },
        ]);

    /// <summary>The faults, exact.</summary>
    public static Dataset Data(PriceCheck check) => new(
        "faults",
        ["line", "place", "message"],
        check.Faults.Select(IReadOnlyList<Field> (f) => [Field.Of(f.Line), Field.Of(f.Place), Field.Of(f.Message)]));

    private static string Fault((int Line, string Place, string Message) fault) => fault.Line == 0
        ? fault.Message
        : $"line {fault.Line}, {fault.Place}: {fault.Message}";
}
