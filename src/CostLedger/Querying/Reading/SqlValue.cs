namespace CostLedger.Querying.Reading;

/// <summary>A value for a placeholder of a statement: a number, a text or bytes.</summary>
internal readonly record struct SqlValue
{
    private readonly long _number;
    private readonly object? _reference;

    private SqlValue(long number, object? reference) => (_number, _reference) = (number, reference);

    public static implicit operator SqlValue(long value) => new(value, null);

    public static implicit operator SqlValue(string value) => new(0, value);

    public static implicit operator SqlValue(byte[] value) => new(0, value);

    /// <summary>A number, or null.</summary>
    public static SqlValue From(long? value) => value is { } number ? number : Null;

    /// <summary>A text, or null.</summary>
    public static SqlValue From(string? value) => value is null ? Null : value;

    private static SqlValue Null => new(0, DBNull.Value);

    /// <summary>Puts the value in place.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="index">The placeholder's number, from 1.</param>
    public void BindTo(Statement statement, int index)
    {
        switch (_reference)
        {
            case null:
                statement.Bind(index, _number);
                break;
            case string text:
                statement.Bind(index, text);
                break;
            case byte[] bytes:
                statement.Bind(index, bytes);
                break;
            default:
                statement.BindNull(index);
                break;
        }
    }
}
