using System.Globalization;

namespace CostLedger.Pricing.Files;

/// <summary>A price file cannot be used. Nothing of it was loaded.</summary>
public sealed class PriceFileException : Exception
{
    /// <summary>Makes one for the faults of a file.</summary>
    /// <param name="file">The file's path, or another name for it.</param>
    /// <param name="faults">Every fault, in the file's order; at least one.</param>
    /// <exception cref="ArgumentException">There is no fault.</exception>
    public PriceFileException(string file, IReadOnlyList<PriceFault> faults)
        : base(Describe(file, faults)) => (File, Faults) = (file, faults);

    /// <summary>The file's path, or another name for it.</summary>
    public string File { get; }

    /// <summary>Every fault, in the file's order.</summary>
    public IReadOnlyList<PriceFault> Faults { get; }

    private static string Describe(string file, IReadOnlyList<PriceFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return faults.Count switch
        {
            0 => throw new ArgumentException("A price file without a fault is no error.", nameof(faults)),
            1 => $"the price file {file} cannot be used: {faults[0]}",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"the price file {file} cannot be used; correct its {faults.Count} faults, the first: {faults[0]}"),
        };
    }
}
