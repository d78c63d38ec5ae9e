using CostLedger.Records;
using CostLedger.Storage;
using CostReport.Cli.Arguments;
using CostReport.Cli.Commands;
using CostReport.Cli.Output;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.World;
using Xunit;

namespace CostReport.Cli.Tests.Commands;

public sealed class ApplicationTests
{
    private const string Missing = "there is no ledger at /x/ledger.db; give another with --ledger PATH";

    [Theory]
    [InlineData("--since 7d")]
    [InlineData("models")]
    [InlineData("calls --format json")]
    [InlineData("calls show 01KANB4Q")]
    [InlineData("doctor")]
    public void A_ledger_that_cannot_be_read_is_one_line_and_status_3(string line)
    {
        var program = new TestProgram(new FakeLedger([])) { Open = _ => throw new LedgerException(Missing) };

        var (code, output, errors) = program.Run(line.Split(' '));

        Assert.Equal(ExitCode.NoLedger, code);
        Assert.Equal("", output);
        Assert.Equal($"costreport: {Missing}\n", errors);
    }

    [Fact]
    public void A_path_that_cannot_be_opened_is_one_line_and_status_3()
    {
        var program = new TestProgram(new FakeLedger([])) { Open = _ => throw new UnauthorizedAccessException("Access\nis denied.") };

        var (code, _, errors) = program.Run("--ledger", "/x/\u001b[2Jx");

        Assert.Equal(ExitCode.NoLedger, code);
        Assert.Equal("costreport: the ledger '/x/\uFFFD[2Jx' cannot be opened (Access is denied.); give another with --ledger PATH\n", errors);
    }

    [Fact]
    public void The_ledger_asked_for_is_opened_and_none_for_the_default()
    {
        var asked = new List<string?>();
        var program = new TestProgram(new FakeLedger([]))
        {
            Open = path =>
            {
                asked.Add(path);
                return new FakeLedger([]);
            },
        };

        program.Output("--ledger", "a b.db");
        program.Output("doctor");

        Assert.Equal(["a b.db", null], asked);
    }

    [Fact]
    public void A_fault_of_ours_is_one_line_and_no_stack_trace()
    {
        var program = new TestProgram(new FakeLedger([])) { Open = _ => throw new InvalidOperationException("two\nlines") };

        var (code, _, errors) = program.Run("models");

        Assert.Equal(ExitCode.Fault, code);
        Assert.Equal("costreport: a fault of costreport (System.InvalidOperationException: two lines); please report it with the command line\n", errors);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(unchecked((int)0x8007006D))]
    public void A_reader_that_leaves_early_is_no_error(int reason)
    {
        var (code, errors) = RunInto(new BrokenStream(reason));

        Assert.Equal(ExitCode.Fine, code);
        Assert.Equal("", errors);
    }

    [Fact]
    public void A_full_disk_is_an_error()
    {
        var (code, errors) = RunInto(new BrokenStream(28));

        Assert.Equal(ExitCode.Fault, code);
        Assert.StartsWith("costreport: the report cannot be written: ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ok", 0)]
    [InlineData("unpriced", 1)]
    [InlineData("spool", 1)]
    [InlineData("corrupt", 1)]
    [InlineData("moved", 1)]
    [InlineData("notes", 0)]
    public void The_doctor_says_no_when_something_needs_doing(string state, int expected)
    {
        var sound = new FakeLedger([]).Health;
        var health = state switch
        {
            "unpriced" => sound with { UnpricedModels = [new("claude-next", 3)] },
            "spool" => sound with { Spools = [new("ledger.db.spool.1", 99)] },
            "corrupt" => sound with { IntegrityFaults = ["row 7 missing from index"] },
            "moved" => sound with { MovedAside = ["ledger.db.corrupt-1"] },
            "notes" => sound with { Interrupted = 2, Faults = [new("malformed_json", 1)], FileMode = "0644" },
            _ => sound,
        };

        var (code, output, _) = new TestProgram(new FakeLedger([]) { Health = health }).Run("doctor");

        Assert.Equal(expected, (int)code);
        var verdict = state switch
        {
            "ok" => "Everything is in order.",
            "notes" => "Nothing needs doing; the notes say what was out of the ordinary.",
            _ => "1 problem to look at.",
        };
        Assert.Contains(verdict, output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_says_what_a_fault_means_and_which_call_has_it()
    {
        var id = Sample.Call(Sample.Now, 1).Id;
        var health = new FakeLedger([]).Health with
        {
            Faults = [new("incomplete_json", 1)],
            FirstWithFault = new Dictionary<string, CallId>(StringComparer.Ordinal) { ["incomplete_json"] = id },
        };

        var (_, output, _) = new TestProgram(new FakeLedger([]) { Health = health }).Run("doctor", "--format", "csv");

        Assert.Contains($"1 call with incomplete_json: the answer's JSON broke off; what stood before was read; 'costreport calls show {id}' shows the first", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_names_the_remedies_of_a_model_without_a_price()
    {
        var health = new FakeLedger([]).Health with { UnpricedModels = [new("our-chat", 3)] };

        var (_, output, _) = new TestProgram(new FakeLedger([]) { Health = health }).Run("doctor", "--format", "csv");

        Assert.Contains("3 calls of model our-chat without a price: add it to a price file", output, StringComparison.Ordinal);
        Assert.Contains("ModelAliases", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_a_price_file_are_listed_with_their_place_and_the_answer_is_no()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (code, output, _) = new TestProgram(new FakeLedger([])).Run("prices", "check", file);

            Assert.Equal(ExitCode.No, code);
            Assert.Contains("line 12, $.models[3].input: is negative", output, StringComparison.Ordinal);
            Assert.Contains("2 faults; nothing of the file would be used.", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (ExitCode Code, string Errors) RunInto(Stream stream)
    {
        var errors = new StringWriter();
        var code = Application.Run(["calls", "--format", "json"], new Surroundings
        {
            Output = new OutputPipe(stream),
            Errors = errors,
            Time = new FixedTime(Sample.Now),
            Version = "1",
            Screen = () => new Screen(80, HasColor: false, Ascii: false),
            OpenLedger = _ => new FakeLedger(Sample.TwoWeeks()),
            Prices = new FakePrices(),
        });
        return (code, errors.ToString());
    }

    private sealed class BrokenStream(int reason) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("cannot", reason);

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("cannot", reason);
    }
}
