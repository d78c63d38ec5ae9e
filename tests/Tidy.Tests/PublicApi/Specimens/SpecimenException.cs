using System.Diagnostics.CodeAnalysis;

namespace Tidy.Tests.PublicApi.Specimens;

/// <summary>A class with every kind of member; what is not public must not be shown.</summary>
public class SpecimenException : Exception, IDisposable
{
    public const string Name = "a";

    public static readonly IReadOnlyDictionary<string, IList<string?>> Items = new Dictionary<string, IList<string?>>(StringComparer.Ordinal);

    private readonly int _hidden;

    public SpecimenException(string? name = null, int size = 3) => _hidden = size + (name?.Length ?? 0);

    public event EventHandler? Changed;

    public int Count { get; private set; }

    public required long? Size { get; init; }

    internal int Hidden => _hidden;

    public static bool TryParse(string text, [NotNullWhen(true)] out SpecimenException? value)
    {
        value = null;
        return text.Length < 0;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    public override string ToString() => Name;

    protected virtual void Dispose(bool disposing)
    {
        Count++;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
