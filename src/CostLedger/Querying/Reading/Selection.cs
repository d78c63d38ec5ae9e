using CostLedger.Records;

namespace CostLedger.Querying.Reading;

/// <summary>Which rows of <c>calls AS c</c> a question is about: a range of keys, and conditions.</summary>
/// <param name="Low">The first key.</param>
/// <param name="High">The key after the last; equal to <paramref name="Low"/> when there can be none.</param>
/// <param name="Conditions">SQL that begins with AND, or empty; its placeholders count from 3.</param>
/// <param name="Values">The placeholders' values.</param>
internal sealed record Selection(CallId Low, CallId High, string Conditions, IReadOnlyList<SqlValue> Values)
{
    /// <summary>The condition of calls that ask for an answer: Messages, results of batches, Converse.</summary>
    internal const string Asks = "c.operation IN (1, 5, 6) AND length(c.id) = 16";

    /// <summary>The key after all others.</summary>
    internal static readonly CallId End = new(UInt128.MaxValue);

    /// <summary>Every row.</summary>
    public static Selection All { get; } = new(default, End, string.Empty, []);

    /// <summary>Whether there can be no row.</summary>
    public bool IsEmpty => High <= Low;

    /// <summary>The whole condition.</summary>
    public string Where => "c.id >= ?1 AND c.id < ?2" + Conditions;

    /// <summary>Puts all values in place.</summary>
    public void BindTo(Statement statement)
    {
        BindRange(statement, Low, High);
        for (var i = 0; i < Values.Count; i++)
        {
            Values[i].BindTo(statement, i + 3);
        }
    }

    /// <summary>Narrows a bound statement to a part of the range.</summary>
    public static void BindRange(Statement statement, CallId low, CallId high)
    {
        Span<byte> key = stackalloc byte[CallId.ByteCount];
        low.WriteBytes(key);
        statement.Bind(1, key);
        high.WriteBytes(key);
        statement.Bind(2, key);
    }
}
