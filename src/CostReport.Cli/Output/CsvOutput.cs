using CostReport.Cli.Documents;

namespace CostReport.Cli.Output;

/// <summary>
/// Writes rows as RFC 4180 says. A text that a spreadsheet would take for a formula gets an apostrophe in front: names come
/// from elsewhere. Control characters other than line ends and tabs are replaced. Figures are left alone.
/// </summary>
internal static class CsvOutput
{
    private const string LineEnd = "\r\n";

    /// <summary>Writes the rows, a line of names first.</summary>
    public static void Write(TextWriter writer, Dataset data)
    {
        Row(writer, data.Columns.Select(Field.Of));
        foreach (var row in data.Rows)
        {
            Row(writer, row);
        }
    }

    private static void Row(TextWriter writer, IEnumerable<Field> fields)
    {
        var first = true;
        foreach (var field in fields)
        {
            writer.Write(first ? "" : ",");
            writer.Write(Quote(field));
            first = false;
        }

        writer.Write(LineEnd);
    }

    private static string Quote(Field field)
    {
        var text = field.Kind is FieldKind.Text or FieldKind.Json ? Clean(field.Text ?? "") : field.Text ?? "";
        if (field.Kind == FieldKind.Text && text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..])
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(",\"\r\n") >= 0
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    // Line ends and tabs are data in quotes; the other control characters could steer a terminal that shows the file.
    private static string Clean(string text) => text.Any(IsControl)
        ? string.Concat(text.Select(c => IsControl(c) ? '\uFFFD' : c))
        : text;

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\t' or '\r' or '\n');
}
