using System.Text.Json;
using MessagesSimulator.Corpus;
using Xunit;

namespace EndToEnd.Tests.Corpus;

public sealed class CorpusHttpTests
{
    [Fact]
    public async Task Through_http_every_case_reads_what_its_label_says()
    {
        await using var server = await CorpusServer.StartAsync();
        foreach (var one in MutationCorpus.Disturbed(casesPerMutation: 8))
        {
            var answers = await server.PlayAsync(one.Requests);

            Assert.True(
                one.Requests.Select(request => request.ReadTokens).SequenceEqual(answers.Select(Read)),
                $"{one.Name}: {string.Join(' ', answers.Select(Read))}");
            Assert.Equal(one.Label.ExpectedReadTokens - one.Label.LostTokens, Read(answers[^1]));
        }
    }

    [Fact]
    public async Task Through_http_undisturbed_conversations_read_what_they_wrote()
    {
        await using var server = await CorpusServer.StartAsync();
        foreach (var one in MutationCorpus.Undisturbed(turns: 200, seed: 7))
        {
            var answers = await server.PlayAsync(one.Requests);

            Assert.Equal(one.Requests.SkipLast(1).Select(request => request.MarkedTokens), answers.Skip(1).Select(Read));
        }
    }

    private static int Read(JsonElement answer) => answer.GetProperty("usage").GetProperty("cache_read_input_tokens").GetInt32();
}
