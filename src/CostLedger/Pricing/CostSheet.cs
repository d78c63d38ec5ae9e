using CostLedger.Records;

namespace CostLedger.Pricing;

/// <summary>
/// Adds up one cost. Every product and sum is exact: a decimal has 28 digits, and an operation that would need more
/// (which no plausible usage does) throws instead of rounding. Each class is rounded once, at the end.
/// </summary>
/// <param name="explains">Whether the terms are kept, or only the sums.</param>
internal sealed class CostSheet(bool explains)
{
    public const int Input = 0;
    public const int Output = 1;
    public const int CacheRead = 2;
    public const int CacheWrite5m = 3;
    public const int CacheWrite1h = 4;
    public const int ServerTools = 5;

    private const decimal NanoUsdPerUsd = 1_000_000_000;

    private static readonly string[] ClassNames = ["input", "output", "cache_read", "cache_write_5m", "cache_write_1h", "server_tools"];

    private readonly decimal[] _exact = new decimal[ClassNames.Length];
    private readonly List<CostTerm>? _terms = explains ? new List<CostTerm>(ClassNames.Length) : null;
    private List<string>? _marks;
    private List<string>? _modifiers;
    private decimal _uncached;
    private bool _isOutOfOrder;
    private int _lastClass;

    public IReadOnlyList<string> Marks => _marks ?? (IReadOnlyList<string>)[];

    public IReadOnlyList<string> Modifiers => _modifiers ?? (IReadOnlyList<string>)[];

    /// <summary>The terms in the order of the classes, within a class in the order they were added.</summary>
    public IReadOnlyList<CostTerm> Terms => _terms is null
        ? []
        : _isOutOfOrder ? [.. _terms.OrderBy(term => Array.IndexOf(ClassNames, term.Class))] : _terms;

    public void Mark(string mark) => AddOnce(ref _marks, mark);

    public void MarkIf(bool condition, string mark)
    {
        if (condition)
        {
            Mark(mark);
        }
    }

    public void Modify(string modifier) => AddOnce(ref _modifiers, modifier);

    /// <summary>Adds a term: quantity × price × factors.</summary>
    /// <returns>The exact amount in nano-dollars.</returns>
    /// <exception cref="OverflowException">It needs more than 28 digits.</exception>
    public decimal Add(int costClass, long quantity, decimal price, long per, CostRate rate)
    {
        var amount = Amount(quantity, price, per, rate.Factors);
        _exact[costClass] = Sum(_exact[costClass], amount);
        _terms?.Add(new CostTerm(ClassNames[costClass], quantity, price, per, rate.Factors, amount, rate.Source) { Part = rate.Part });
        _isOutOfOrder |= costClass < _lastClass;
        _lastClass = costClass;
        return amount;
    }

    /// <summary>Notes what cached tokens would have cost uncached, and what they cost.</summary>
    public void CountSaving(decimal uncached, decimal paid) => _uncached = Sum(_uncached, Sum(uncached, -paid));

    /// <summary>The exact amount of a term in nano-dollars. Since nano-dollars in a dollar divide by both units, nothing is divided.</summary>
    /// <exception cref="OverflowException">It needs more than 28 digits.</exception>
    public static decimal Amount(long quantity, decimal price, long per, IReadOnlyList<CostFactor> factors)
    {
        var amount = Product(Product(quantity, price), NanoUsdPerUsd / per);
        for (var i = 0; i < factors.Count; i++)
        {
            amount = Product(amount, factors[i].Value);
        }

        return amount;
    }

    /// <summary>The classes, each rounded half to even.</summary>
    /// <exception cref="OverflowException">A class, or all together, is beyond nine billion dollars.</exception>
    public CostByClass Round()
    {
        var cost = new CostByClass(
            Rounded(_exact[Input]),
            Rounded(_exact[Output]),
            Rounded(_exact[CacheRead]),
            Rounded(_exact[CacheWrite5m]),
            Rounded(_exact[CacheWrite1h]),
            Rounded(_exact[ServerTools]));
        _ = cost.Total;
        return cost;
    }

    /// <summary>What the cache saved, rounded half to even; negative when writing cost more than reading saved.</summary>
    public NanoUsd RoundSaving() => Rounded(_uncached);

    private static NanoUsd Rounded(decimal exact) => new(decimal.ToInt64(decimal.Round(exact, 0, MidpointRounding.ToEven)));

    // A decimal product keeps the sum of the scales unless digits had to go.
    private static decimal Product(decimal left, decimal right)
    {
        var product = left * right;
        return product.Scale == left.Scale + right.Scale ? product : throw Inexact();
    }

    private static decimal Sum(decimal left, decimal right)
    {
        var sum = left + right;
        return sum.Scale == Math.Max(left.Scale, right.Scale) ? sum : throw Inexact();
    }

    private static OverflowException Inexact() => new("The amount needs more than 28 digits.");

    private static void AddOnce(ref List<string>? texts, string text)
    {
        texts ??= [];
        if (!texts.Contains(text))
        {
            texts.Add(text);
        }
    }
}
