using CostReport.Cli.Output;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Whatifs;

/// <summary>The answers in every form, as a reader sees them.</summary>
public sealed class ApprovedWhatifTests(ApprovedWhatifTests.Written written) : IClassFixture<ApprovedWhatifTests.Written>
{
    public static TheoryData<string, string> Reports => new()
    {
        { "whatif-ttl", "whatif --ttl 1h --since 24h" },
        { "whatif-no-cache", "whatif --no-cache" },
        { "whatif-model", "whatif --model claude-sonnet-4-6 --from-model claude-sonnet-5 --by session,model" },
        { "whatif-all", "whatif --model claude-haiku-4-5 --breakpoints system,last --ttl 1h --batch --geo us" },
        { "whatif-none", "whatif --batch --since 1h" },
    };

    [Theory]
    [MemberData(nameof(Reports))]
    public void Tables_fit_80_and_140_columns(string name, string line)
    {
        foreach (var width in new[] { 80, 140 })
        {
            var output = written.Ledger.Program(width).Output(line.Split(' '));

            Assert.All(output.Split('\n'), l => Assert.True(CellText.Width(l) <= width, $"{CellText.Width(l)} > {width}: {l}"));
            Approval.Verify(output, $"table-{name}-{width}.txt");
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line)
    {
        foreach (var (format, extension) in new[] { ("markdown", "md"), ("json", "json"), ("csv", "csv") })
        {
            var output = written.Ledger.Program(hasColor: true).Output([.. line.Split(' '), "--format", format]);

            Assert.DoesNotContain('\e', output);
            Approval.Verify(output, $"{name}.{extension}");
        }
    }

    public sealed class Written : IAsyncLifetime
    {
        private WrittenLedger? _ledger;

        internal WrittenLedger Ledger => _ledger!;

        public async ValueTask InitializeAsync() => _ledger = await WrittenLedger.OfAsync(SampleTraffic.Some());

        public ValueTask DisposeAsync()
        {
            _ledger?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
