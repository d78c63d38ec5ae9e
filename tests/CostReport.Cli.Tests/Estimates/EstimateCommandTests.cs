using System.Text;
using System.Text.Json;
using CostReport.Cli.Arguments;
using CostReport.Cli.Sources;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Estimates;

public sealed class EstimateCommandTests : IDisposable
{
    private readonly RequestFiles _files = new();

    [Theory]
    [InlineData("", "standard input is empty")]
    [InlineData(" \r\n\t", "standard input is empty")]
    [InlineData("Hello", "is not JSON, or not to its end (byte 1)")]
    [InlineData("{\"model\":\"claude-opus-5\",\n\"messages\":[{\"role\"", "is not JSON, or not to its end (line 2, byte 20)")]
    [InlineData("{\"messages\":[]} {}", "is not JSON, or not to its end")]
    [InlineData("[1, 2]", "is JSON, but no object")]
    [InlineData("17", "is JSON, but no object")]
    [InlineData("{}", "has no messages")]
    [InlineData("{\"model\":\"claude-opus-5\",\"messages\":[]}", "has no messages")]
    [InlineData("{\"model\":\"claude-opus-5\",\"messages\":\"hi\"}", "has no messages")]
    [InlineData("{\"requests\":[]}", "is a batch without requests")]
    [InlineData("{\"requests\":[{\"custom_id\":\"a\"}]}", "requests[0] has no params")]
    [InlineData("{\"log\":{\"version\":\"1.2\"}}", "is a HAR file without entries")]
    [InlineData("{\"log\":{\"entries\":[{\"request\":{\"method\":\"GET\",\"url\":\"https://example.com/\"}}]}}", "without a call of the Messages API")]
    [InlineData("{\"request\":{\"method\":\"POST\",\"url\":\"https://api.anthropic.com/v1/messages\"}}", "no call of the Messages API with its body")]
    public void What_holds_no_request_is_one_line_and_status_2(string input, string expected)
    {
        var (code, output, errors) = Program(input).Run("estimate", "-");

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Equal(1, errors.Count(c => c == '\n'));
    }

    [Fact]
    public void A_thread_without_its_beginning_cannot_be_estimated()
    {
        const string body = """{"model":"claude-opus-5","max_tokens":5,"thread":{"type":"continue","id":"thread_1"},"messages":[{"role":"user","content":"go on"}]}""";

        var (code, output, errors) = Program(body).Run("estimate", "-");

        Assert.Equal(ExitCode.No, code);
        Assert.Equal("", output);
        Assert.Contains("estimate impossible", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "gunzip -c")]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0 }, "zstd -dc")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0 }, "is UTF-16")]
    public void What_is_no_utf8_text_says_how_to_make_it_one(byte[] input, string expected)
    {
        var program = new TestProgram(new FakeLedger([])) { Input = input };

        var (code, _, errors) = program.Run("estimate", "-");

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        var path = _files.Write("marked.json", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(RequestFiles.Hello())]);

        Assert.StartsWith("Estimate for claude-opus-5\n", Program("").Output("estimate", path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_named()
    {
        var missing = Program("").Run("estimate", "no-such-file.json");
        var directory = Program("").Run("estimate", Path.GetTempPath());

        Assert.Equal((ExitCode.WrongUsage, "costreport: there is no file 'no-such-file.json'; give a file, or - for standard input\n"), (missing.Code, missing.Errors));
        Assert.Equal(ExitCode.WrongUsage, directory.Code);
        Assert.Contains("is a directory", directory.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("estimate", "estimate needs an argument")]
    [InlineData("estimate - --entry 0", "--entry '0' cannot be")]
    [InlineData("estimate - --entry 2", "has 1 request; --entry 2 is none of them")]
    [InlineData("estimate - --entry 1 --jsonl", "give one of them")]
    [InlineData("estimate - --output-tokens many", "--output-tokens 'many' cannot be")]
    [InlineData("estimate - --max-cost -1", "--max-cost '-1' is no amount")]
    [InlineData("estimate - --provider mars", "--provider 'mars' is unknown")]
    [InlineData("estimate - --compare gpt*", "--compare 'gpt*' matches no model in use")]
    [InlineData("estimate - --prices none.json", "there is no file 'none.json' to price with")]
    [InlineData("estimate - --since 7d", "--since is about calls in the ledger")]
    [InlineData("estimate - --jsonl --format csv --compare", "--compare with --jsonl")]
    public void Wrong_usage_is_one_line_and_status_2(string line, string expected)
    {
        var (code, output, errors) = Program(RequestFiles.Hello()).Run(line.Split(' '));

        Assert.Equal(ExitCode.WrongUsage, code);
        Assert.Equal("", output);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Equal(1, errors.Count(c => c == '\n'));
    }

    [Fact]
    public void A_file_behind_compare_is_the_file()
    {
        var path = _files.Write("request.json", RequestFiles.Hello());

        var output = Program("").Output("estimate", "--compare", path);

        Assert.Contains("Other models", output, StringComparison.Ordinal);
        Assert.Contains("claude-haiku-5-5", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cost_is_the_input_uncached_until_an_answer_is_expected()
    {
        using var input = Json(RequestFiles.Hello(), "estimate", "-", "--format", "json");
        using var both = Json(RequestFiles.Hello(), "estimate", "-", "--format", "json", "--output-tokens", "100");

        var tokens = input.RootElement.GetProperty("input_tokens").GetInt64();
        Assert.Equal(Usd(tokens * 5_000), input.RootElement.GetProperty("cost_usd").GetString());
        Assert.Equal(JsonValueKind.Null, input.RootElement.GetProperty("output_cost_usd").ValueKind);
        Assert.Equal(Usd((tokens * 5_000) + (100 * 25_000)), both.RootElement.GetProperty("cost_usd").GetString());
        Assert.Equal(Usd(tokens * 5_000), both.RootElement.GetProperty("input_cost_usd").GetString());
        Assert.Equal(Usd(100 * 25_000), both.RootElement.GetProperty("output_cost_usd").GetString());
    }

    [Fact]
    public void The_most_is_the_upper_end_of_the_input_with_all_of_max_tokens()
    {
        using var json = Json(RequestFiles.Hello(), "estimate", "-", "--format", "json");

        var high = json.RootElement.GetProperty("input_tokens_high").GetInt64();
        Assert.Equal(Usd((high * 5_000) + (1000 * 25_000)), json.RootElement.GetProperty("max_cost_usd").GetString());
    }

    [Theory]
    [InlineData("--batch", 0.5)]
    [InlineData("--model claude-opus-4-5", 1)]
    [InlineData("--model us.anthropic.claude-opus-4-6-v1", 1.1)]
    public void Batch_model_and_place_decide_the_price(string options, double factor)
    {
        using var json = Json(RequestFiles.Hello(), ["estimate", "-", "--format", "json", .. options.Split(' ')]);

        var tokens = json.RootElement.GetProperty("input_tokens").GetInt64();
        Assert.Equal(Usd((long)(tokens * 5_000 * (decimal)factor)), json.RootElement.GetProperty("cost_usd").GetString());
    }

    [Theory]
    [InlineData("\"speed\":\"fast\"", 10)]
    [InlineData("\"inference_geo\":\"us\"", 5.5)]
    public void What_the_request_asks_for_decides_the_price(string parameter, double dollarsPerMillion)
    {
        using var json = Json(RequestFiles.Hello().Replace("\"max_tokens\"", $"{parameter},\"max_tokens\"", StringComparison.Ordinal), "estimate", "-", "--format", "json");

        var tokens = json.RootElement.GetProperty("input_tokens").GetInt64();
        Assert.Equal(Usd((long)(tokens * 1000 * (decimal)dollarsPerMillion)), json.RootElement.GetProperty("cost_usd").GetString());
    }

    [Fact]
    public void A_budget_that_is_passed_is_status_1_and_the_report_is_written_all_the_same()
    {
        var over = Program(RequestFiles.Hello()).Run("estimate", "-", "--max-cost", "0.00001");
        var within = Program(RequestFiles.Hello()).Run("estimate", "-", "--max-cost", "$0.05");

        Assert.Equal(ExitCode.No, over.Code);
        Assert.Contains("over the budget", over.Errors, StringComparison.Ordinal);
        Assert.StartsWith("Estimate for", over.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, within.Code);
    }

    [Fact]
    public void Without_a_price_the_tokens_are_told_and_the_status_is_1()
    {
        var (code, output, errors) = Program(RequestFiles.Hello("someone-elses")).Run("estimate", "-", "--format", "json");
        using var json = JsonDocument.Parse(output);

        Assert.Equal(ExitCode.No, code);
        Assert.Contains("has no price", errors, StringComparison.Ordinal);
        Assert.True(json.RootElement.GetProperty("input_tokens").GetInt64() > 0);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("cost_usd").ValueKind);
    }

    [Fact]
    public void Segments_and_what_belongs_to_none_add_up()
    {
        using var json = Json(RequestFiles.Rich(), "estimate", "-", "--format", "json");

        var root = json.RootElement;
        var segments = root.GetProperty("segments").EnumerateArray().Sum(s => s.GetProperty("input_tokens").GetInt64());
        Assert.Equal(root.GetProperty("input_tokens").GetInt64(), segments + PlainEstimates.Added);
        Assert.Equal(root.GetProperty("input_tokens").GetInt64(), root.GetProperty("by_source").EnumerateObject().Sum(s => s.Value.GetInt64()));
    }

    [Fact]
    public void Nothing_of_the_content_is_shown()
    {
        var body = RequestFiles.Rich().Replace("invoices", "sesame", StringComparison.Ordinal);
        foreach (var format in new[] { "table", "json", "csv", "markdown" })
        {
            var (_, output, errors) = Program(body).Run("estimate", "-", "--all", "--format", format);

            Assert.DoesNotContain("sesame", output + errors, StringComparison.Ordinal);
            Assert.DoesNotContain("09:31", output + errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_of_tools_cannot_steer_a_terminal()
    {
        const string body = """{"model":"claude-opus-5\u001b[2J","max_tokens":5,"tools":[{"name":"\u001b]0;title\u0007","input_schema":{}}],"ma\u001bx":1,"messages":[{"role":"user","content":"hi"}]}""";

        var (_, output, errors) = Program(body).Run("estimate", "-");

        Assert.All(output + errors, c => Assert.True(c == '\n' || !char.IsControl(c), $"U+{(int)c:X4}"));
    }

    [Fact]
    public void A_body_of_32_megabytes_is_estimated()
    {
        var body = RequestFiles.Hello().Replace("Hello", string.Concat(Enumerable.Repeat("A customer asked for invoice 4711. ", 32 * 1024 * 1024 / 35)), StringComparison.Ordinal);
        var program = new TestProgram(new FakeLedger([])) { Input = Encoding.UTF8.GetBytes(body), Estimate = RememberedCounts.Estimator() };

        using var json = JsonDocument.Parse(program.Output("estimate", "-", "--format", "json"));

        Assert.InRange(json.RootElement.GetProperty("input_tokens").GetInt64(), 5_000_000, 15_000_000);
        Assert.Contains("over_window", json.RootElement.GetProperty("warnings").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_estimated()
    {
        var body = RequestFiles.Hello().Replace("\"Hello, world. How are you today?\"", new string('[', 100_000) + new string(']', 100_000), StringComparison.Ordinal);
        var program = new TestProgram(new FakeLedger([])) { Input = Encoding.UTF8.GetBytes(body), Estimate = RememberedCounts.Estimator() };

        Assert.Contains("unknown_block", program.Output("estimate", "-"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_of_equal_keys_counts()
    {
        const string body = """{"model":"claude-haiku-5-5","max_tokens":9,"messages":[],"model":"claude-opus-5","messages":[{"role":"user","content":"hi"}]}""";

        using var json = Json(body, "estimate", "-", "--format", "json");

        Assert.Equal("claude-opus-5", json.RootElement.GetProperty("model").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("segments").GetArrayLength());
    }

    [Fact]
    public void The_shipped_estimator_answers_too()
    {
        var program = new TestProgram(new FakeLedger([])) { Input = Encoding.UTF8.GetBytes(RequestFiles.Rich()), Estimate = RememberedCounts.Estimator() };

        var output = program.Output("estimate", "-", "--compare");

        Assert.Contains("claude-haiku-4-5", output, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private static string Usd(long nano) => new CostLedger.Records.NanoUsd(nano).ToString();

    private static JsonDocument Json(string input, params string[] words) => JsonDocument.Parse(Program(input).Output(words));

    private static TestProgram Program(string input) => new(new FakeLedger([])) { Input = Encoding.UTF8.GetBytes(input) };
}
