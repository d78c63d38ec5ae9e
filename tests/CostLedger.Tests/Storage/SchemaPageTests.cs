using System.Text.RegularExpressions;
using CostLedger.Rows;
using CostLedger.Storage;
using Xunit;

namespace CostLedger.Tests.Storage;

/// <summary>docs/ledger-schema.md tells the truth.</summary>
public sealed partial class SchemaPageTests : IDisposable
{
    private readonly LedgerFolder _folder = new();
    private readonly string _page = File.ReadAllText(Find(Path.Combine("docs", "ledger-schema.md")));

    public SchemaPageTests() => LedgerStore.Open(_folder.Ledger, survivePowerLoss: false, TimeProvider.System, Assert.Fail).Dispose();

    [Fact]
    public void Every_table_and_column_is_on_the_page()
    {
        var names = _folder.Text("SELECT group_concat(name) FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'") + ","
            + _folder.Text("SELECT group_concat(name) FROM (SELECT name FROM pragma_table_info('calls') UNION SELECT name FROM pragma_table_info('call_details'))");

        Assert.All(names.Split(','), name => Assert.Matches($@"[`(, ]{name}[`), ]", _page));
    }

    [Fact]
    public void Every_question_on_the_page_can_be_asked()
    {
        var questions = SqlBlock().Matches(_page).SelectMany(block => block.Groups["sql"].Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.True(questions.Count >= 4);
        using var connection = _folder.Connect();
        Assert.All(questions, question => LedgerFile.Execute(connection, question));
    }

    [Fact]
    public void The_page_describes_the_newest_schema() =>
        Assert.Contains($"describes schema {Migrator.Current.Latest}", _page.ReplaceLineEndings(" "), StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "telemetry.sln")))
            {
                return Path.Combine(folder.FullName, path);
            }
        }

        throw new FileNotFoundException("The tests do not run inside the repository.", path);
    }

    [GeneratedRegex("```sql\n(?<sql>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SqlBlock();
}
