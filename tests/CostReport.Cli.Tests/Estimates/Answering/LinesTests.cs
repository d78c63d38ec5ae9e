using System.Text;
using System.Text.Json;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Estimates.Answering;

public sealed class LinesTests
{
    [Fact]
    public void Each_line_is_answered_by_a_line_and_a_bad_one_by_an_error()
    {
        var input = $"{RequestFiles.Hello()}\r\n\n{{\"broken\":\n{{\"custom_id\":\"a\",\"params\":{RequestFiles.Hello()}}}\n{{\"model\":\"x\"}}\n{RequestFiles.Hello()}";

        var (code, output, errors) = Run(input, "--jsonl");

        var answers = output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([1, 3, 4, 5, 6], answers.Select(answer => answer.GetProperty("line").GetInt32()));
        Assert.Equal([false, true, false, true, false], answers.Select(answer => answer.TryGetProperty("error", out _)));
        Assert.Equal("unreadable", answers[1].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("a", answers[2].GetProperty("custom_id").GetString());
        Assert.Equal(ExitCode.No, code);
        Assert.Equal("costreport: 2 of 5 requests cannot be estimated; their answers say why\n", errors);
    }

    [Fact]
    public void Lines_without_fault_are_status_0()
    {
        var (code, output, errors) = Run($"{RequestFiles.Hello()}\n{RequestFiles.Hello()}\n", "--jsonl");

        Assert.Equal((ExitCode.Fine, ""), (code, errors));
        Assert.Equal(2, output.Count(c => c == '\n'));
    }

    [Fact]
    public void A_thread_without_its_beginning_is_an_answer_of_its_own()
    {
        var (code, output, _) = Run("""{"model":"claude-opus-5","thread":{"type":"continue","id":"t"},"messages":[{"role":"user","content":"x"}]}""", "--jsonl");

        Assert.Equal(ExitCode.No, code);
        Assert.Equal("impossible", JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public void A_fault_ends_no_other_line()
    {
        var line = RequestFiles.Hello() + "\n";
        var estimates = 0;
        var program = new TestProgram(new FakeLedger([]))
        {
            Input = Encoding.UTF8.GetBytes(line + line + line),
            Estimate = (body, model, betas) => estimates++ == 1 ? throw new InvalidOperationException("planted") : PlainEstimates.Of(body, model, betas),
        };

        var (code, output, errors) = program.Run("estimate", "-", "--jsonl");

        var answers = output.TrimEnd('\n').Split('\n').Select(answer => JsonDocument.Parse(answer).RootElement).ToList();
        Assert.Equal([false, true, false], answers.Select(answer => answer.TryGetProperty("error", out _)));
        Assert.Equal("fault", answers[1].GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("planted", answers[1].GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((ExitCode.No, "costreport: 1 of 3 requests cannot be estimated; their answers say why\n"), (code, errors));
    }

    [Fact]
    public void A_line_with_an_archive_has_an_answer_for_each_of_its_calls()
    {
        var (_, output, _) = Run(RequestFiles.Har(), "--jsonl", "--format", "csv");

        Assert.Equal(4, output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_document_of_many_lines_is_told_apart()
    {
        var (code, _, errors) = Run("{\n\"model\": \"claude-opus-5\"\n}", "--jsonl");

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains("leave --jsonl out", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n")]
    public void A_file_without_lines_is_told(string input)
    {
        var (code, output, errors) = Run(input, "--jsonl");

        Assert.Equal((ExitCode.WrongUsage, "", "costreport: standard input is empty: give a request on each line\n"), (code, output, errors));
    }

    [Fact]
    public void A_budget_is_for_all_lines_together()
    {
        var lines = string.Concat(Enumerable.Repeat(RequestFiles.Hello() + "\n", 20));

        Assert.Equal(ExitCode.Fine, Run(RequestFiles.Hello(), "--jsonl", "--max-cost", "0.001").Code);
        Assert.Equal(ExitCode.No, Run(lines, "--jsonl", "--max-cost", "0.001").Code);
    }

    [Fact]
    public void A_table_adds_up_what_lines_say()
    {
        var lines = string.Concat(Enumerable.Repeat(RequestFiles.Hello() + "\n", 30)) + "nothing\n";

        var (code, output, _) = Run(lines, "--jsonl", "--format", "table");

        Assert.Equal(ExitCode.No, code);
        Assert.StartsWith("Estimate for 31 requests\n", output, StringComparison.Ordinal);
        Assert.Contains("json and csv have every request.", output, StringComparison.Ordinal);
        Assert.Contains("not_estimated", output, StringComparison.Ordinal);
    }

    private static (ExitCode Code, string Output, string Errors) Run(string input, params string[] words) =>
        new TestProgram(new FakeLedger([])) { Input = Encoding.UTF8.GetBytes(input) }.Run(["estimate", "-", .. words]);
}
