using CostReport.Cli.Tests.Doubles;
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

    private ApprovedForms Forms => new(written.Ledger.Program);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Tables_fit_80_120_and_200_columns_with_colour_and_without(string name, string line) => Forms.VerifyTables(name, line);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line) => Forms.VerifyFiles(name, line);

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
