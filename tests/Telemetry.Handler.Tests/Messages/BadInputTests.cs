using System.Text;
using Telemetry.Handler.Messages;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

public sealed class BadInputTests
{
    [Theory]
    [InlineData("-1")]
    [InlineData("-9223372036854775809")]
    [InlineData("1e30")]
    [InlineData("99999999999999999999999999999999999999999999999999")]
    [InlineData("12.5")]
    [InlineData("\"12\"")]
    [InlineData("[12]")]
    [InlineData("{\"a\":12}")]
    public void A_count_that_cannot_be_is_left_out_and_marked(string count)
    {
        var body = $$$"""{"id":"m","usage":{"input_tokens":{{{count}}},"output_tokens":3,"iterations":[{"type":"message","input_tokens":{{{count}}}}]}}""";

        var facts = Feeding.Body(body);

        Assert.Equal((null, 3), (facts.Usage.InputTokens, facts.Usage.OutputTokens));
        Assert.Null(Assert.Single(facts.Usage.Iterations).InputTokens);
        Assert.Equal("invalid_count", Assert.Single(facts.FaultNames));
        Assert.True(facts.IsComplete);
    }

    [Fact]
    public void A_wrong_count_does_not_replace_a_right_one()
    {
        var facts = Feeding.Stream(Samples.Text.Replace("\"output_tokens\":57", "\"output_tokens\":-57", StringComparison.Ordinal));

        Assert.Equal(3, facts.Usage.OutputTokens);
        Assert.False(facts.OutputIsFinal);
        Assert.Equal("invalid_count", Assert.Single(facts.FaultNames));
    }

    [Theory]
    [InlineData("{\"type\":\"message_delta\",\"usage\":{\"output_tokens\":5}")]
    [InlineData("{\"type\":\"message_delta\",\"usage\":{\"output_tokens\":5}}}")]
    [InlineData("{\"type\":\"message_delta\",\"usage\":{\"output_tokens\":5}} junk")]
    [InlineData("not json")]
    [InlineData("\"text\"")]
    [InlineData("\0\0\0")]
    public void An_event_that_is_no_json_is_passed_over_as_a_whole(string data)
    {
        var facts = Feeding.Stream(Samples.Text.Replace("event: message_delta", $"data: {data}\n\nevent: message_delta", StringComparison.Ordinal));

        Assert.Equal((57, 9), (facts.Usage.OutputTokens, facts.Events));
        Assert.True(facts.IsComplete);
        Assert.Equal("malformed_json", Assert.Single(facts.FaultNames));
    }

    [Theory]
    [InlineData("<html><body>502 Bad Gateway</body></html>", "malformed_json")]
    [InlineData("upstream connect error", "malformed_json")]
    [InlineData("", "incomplete_json")]
    [InlineData("   ", "incomplete_json")]
    [InlineData("{", "incomplete_json")]
    [InlineData("{]", "malformed_json")]
    public void A_body_that_is_no_json_is_marked(string body, string fault)
    {
        foreach (var kind in new[] { AnswerKind.MessageBody, AnswerKind.Error, AnswerKind.TokenCount })
        {
            var facts = Feeding.Body(body, kind);

            Assert.Equal(fault, Assert.Single(facts.FaultNames));
            Assert.False(facts.IsComplete || facts.HasUsage);
        }
    }

    [Theory]
    [InlineData("<html><body>502</body></html>")]
    [InlineData("{\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}")]
    [InlineData("")]
    public void A_stream_that_is_none_has_no_events(string body)
    {
        var facts = Feeding.Stream(body);

        Assert.Equal(0, facts.Events);
        Assert.False(facts.IsComplete || facts.HasUsage);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_spoil_only_the_value_that_they_are_in()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"id\":\"msg_?\",\"model\":\"ok\",\"?\":1,\"content\":[{\"type\":\"text\",\"text\":\"??\"}],\"usage\":{\"input_tokens\":1}}");
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = bytes[i] == (byte)'?' ? (byte)0xFF : bytes[i];
        }

        var facts = Feeding.ByteByByte(AnswerKind.MessageBody, bytes);

        Assert.Equal((null, "ok", 1, 2), (facts.MessageId, facts.Model, facts.Usage.InputTokens, facts.Received.Text));
        Assert.Equal("invalid_text", Assert.Single(facts.FaultNames));
    }

    [Fact]
    public void Nul_bytes_in_the_text_are_text()
    {
        var facts = Feeding.Stream(Samples.Text.Replace("Grüße", "Gr\0\0e", StringComparison.Ordinal));

        Assert.Equal(57, facts.Usage.OutputTokens);
        Assert.Empty(facts.FaultNames);
    }

    [Theory]
    [InlineData("\u001b[31mred")]
    [InlineData("two\nlines")]
    [InlineData("nul\0")]
    public void Names_with_control_characters_are_left_out(string name)
    {
        var facts = Feeding.Body("{\"model\":" + System.Text.Json.JsonSerializer.Serialize(name) + "}");

        Assert.Null(facts.Model);
        Assert.Equal("invalid_text", Assert.Single(facts.FaultNames));
    }

    [Fact]
    public void A_name_longer_than_any_real_one_is_left_out()
    {
        var facts = Feeding.Body($$"""{"id":"{{new string('x', 512)}}","model":"{{new string('x', 513)}}"}""");

        Assert.Equal(512, facts.MessageId!.Length);
        Assert.Null(facts.Model);
        Assert.Equal("text_too_long", Assert.Single(facts.FaultNames));
    }

    [Fact]
    public void The_number_of_iterations_is_bounded()
    {
        var iterations = string.Join(",", Enumerable.Repeat("{\"type\":\"message\",\"input_tokens\":1}", 10_000));

        var facts = Feeding.Body("{\"usage\":{\"iterations\":[" + iterations + "],\"input_tokens\":1}}");

        Assert.Equal((256, 1), (facts.Usage.Iterations.Count, facts.Usage.InputTokens));
        Assert.Equal("too_many_iterations", Assert.Single(facts.FaultNames));
    }

    [Fact]
    public void Random_bytes_and_random_damage_never_throw()
    {
        var random = new Random(99);
        var kinds = Enum.GetValues<AnswerKind>();
        string[] encodings = ["", "gzip", "deflate", "br"];
        var samples = new[] { Samples.Text, Samples.ThinkingAndTools, Samples.Body, Samples.ErrorBody }.Select(Encoding.UTF8.GetBytes).ToArray();
        for (var round = 0; round < 3000; round++)
        {
            var bytes = samples[random.Next(samples.Length)].ToArray();
            for (var damage = random.Next(20); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var kind = kinds[random.Next(kinds.Length)];
            var facts = Feeding.AtRandom(kind, bytes, random, encoding: encodings[random.Next(8) / 2 % 4]);

            Assert.DoesNotContain("parser_failed", facts.FaultNames, StringComparer.Ordinal);
            Assert.NotEmpty(Feeding.Tell(facts));
        }
    }

    [Fact]
    public void Damage_gives_the_same_facts_however_it_is_cut()
    {
        var random = new Random(100);
        var sample = Encoding.UTF8.GetBytes(Samples.Text + Samples.ThinkingAndTools);
        for (var round = 0; round < 1000; round++)
        {
            var bytes = sample.ToArray();
            for (var damage = random.Next(8); damage >= 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)"\"\\{}[]:,\r\n 1x"[random.Next(13)];
            }

            Assert.Equal(
                Feeding.Tell(Feeding.Whole(AnswerKind.MessageStream, bytes)),
                Feeding.Tell(Feeding.AtRandom(AnswerKind.MessageStream, bytes, random)));
        }
    }

    [Fact]
    public void A_sink_that_fails_stops_the_parsing_and_nothing_else()
    {
        var parser = Feeding.Parser(AnswerKind.MessageStream, milestones: new FailingSink());

        parser.Feed(Encoding.UTF8.GetBytes(Samples.Text));
        parser.Feed(Encoding.UTF8.GetBytes(Samples.Text));
        parser.Complete();
        parser.Complete();

        Assert.Equal("parser_failed", Assert.Single(parser.Facts.FaultNames));
    }

    private sealed class FailingSink : IMilestoneSink
    {
        public void OnMilestone(Milestone kind, int index, string? blockType, long timestamp) => throw new InvalidOperationException();
    }
}
