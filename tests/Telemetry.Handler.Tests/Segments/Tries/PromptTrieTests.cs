using System.Text;
using CostLedger.Querying;
using CostLedger.Querying.Prompts;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Writing;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Tries;
using Telemetry.Handler.Tests.Attempts;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Segments.Tries;

public sealed class PromptTrieTests : IDisposable
{
    private const string Tools = """[{"name":"get_weather","description":"Tells the weather.","input_schema":{"type":"object"}}]""";

    private static readonly byte[] Key = Encoding.UTF8.GetBytes("a key of thirty-two bytes, or so.");

    private readonly Clock _clock = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prompt-trie-");
    private readonly PromptTrie _trie;

    public PromptTrieTests() => _trie = new PromptTrie(Key, PromptTrie.DefaultMemoryBytes, _clock);

    [Fact]
    public void Only_what_is_new_in_a_turn_is_tokenized_and_sent()
    {
        var first = Turn(_trie, Body(Tools, "be brief", "one"), out var counted);
        Assert.Equal(3, first.NewNodes.Count);
        Assert.Equal(counted, first.NewNodes.Sum(node => node.TextBytes));

        var second = Turn(_trie, Body(Tools, "be brief", "one", "two", "three"), out counted);

        Assert.Equal("twothree".Length, counted);
        Assert.Equal([first.Leaf, second.NewNodes[0].Chain], second.NewNodes.Select(node => node.Parent));
        Assert.Equal((5, first.Thread), (second.Depth, second.Thread));
    }

    [Fact]
    public void The_path_tells_what_a_record_needs()
    {
        using var reading = _trie.Read(Encoding.UTF8.GetBytes("""
            {"cache_control":{"type":"ephemeral"},"tools":[{"name":"get_weather","input_schema":{}},{"name":"no name at all","input_schema":{}},{"type":"web_search_20250305","name":"web_search"}],
             "system":[{"type":"text","text":"be brief","cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "messages":[{"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two","cache_control":{"type":"ephemeral"}}]}]}
            """), new Letters(), 0);

        var path = reading.Path!;
        Assert.Equal(PromptLifetime.FiveMinutes, path.Automatic);
        Assert.Equal([new(4, PromptLifetime.OneHour), new PromptBreakpoint(6, PromptLifetime.FiveMinutes)], path.Breakpoints);
        Assert.Equal(["get_weather", null, "web_search", null, null, null], path.NewNodes.Select(node => node.ToolName));
        Assert.Equal([PromptLevel.Tools, PromptLevel.Tools, PromptLevel.Tools, PromptLevel.System, PromptLevel.Messages, PromptLevel.Messages], path.NewNodes.Select(node => node.Level));
        Assert.Equal((PromptKind.ProviderTool, PromptRole.System, 0, 1, 3), (path.NewNodes[2].Kind, path.NewNodes[3].Role, path.NewNodes[5].Message, path.NewNodes[5].Block, path.NewNodes[5].Tokens));
        Assert.Equal(path.Leaf, path.NewNodes[^1].Chain);
    }

    [Fact]
    public void Numbers_of_segments_are_those_that_ledgers_store()
    {
        Assert.Equal(Enum.GetNames<SegmentKind>(), Enum.GetNames<PromptKind>());
        Assert.Equal(Enum.GetNames<SegmentRole>(), Enum.GetNames<PromptRole>());
        Assert.Equal(Enum.GetNames<CacheLevel>(), Enum.GetNames<PromptLevel>());
        Assert.Equal((int)CacheLevel.Tools + 1, (int)PromptLevel.Tools);
    }

    [Fact]
    public void The_thread_is_that_of_the_first_message_whatever_stands_before_it()
    {
        var one = Turn(_trie, Body(Tools, "be brief", "one", "two"), out _);
        var other = Turn(_trie, Body("[]", "be long", "one", "other"), out _);
        var third = Turn(_trie, Body(Tools, "be brief", "another", "two"), out _);

        Assert.Equal(one.Thread, other.Thread);
        Assert.NotEqual(one.Thread, third.Thread);
        Assert.NotEqual(one.Leaf, other.Leaf);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"one"}""")]
    [InlineData("""{"thread":{"type":"continue","id":"t"},"messages":[{"role":"user","content":"one"}]}""")]
    [InlineData("""{"messages":[]}""")]
    [InlineData("no JSON")]
    public void A_prompt_that_is_not_told_in_full_has_no_path(string body)
    {
        using var reading = _trie.Read(Encoding.UTF8.GetBytes(body), new Letters(), 0);

        Assert.Null(reading.Path);
    }

    [Fact]
    public void What_was_lost_is_sent_again_and_so_is_all_after_a_day()
    {
        var body = Body(Tools, "be brief", "one");
        Assert.Equal(3, Turn(_trie, body, out _, WriteOutcome.Lost).NewNodes.Count);
        Assert.Equal(3, Turn(_trie, body, out _).NewNodes.Count);
        Assert.Empty(Turn(_trie, body, out _).NewNodes);

        _clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(3, Turn(_trie, body, out _).NewNodes.Count);

        _trie.Memory.ForgetStored();
        Assert.Equal(3, Turn(_trie, body, out var counted).NewNodes.Count);
        Assert.Equal(0, counted);
    }

    [Fact]
    public void Another_tokenizer_counts_for_itself()
    {
        var body = Body("[]", "", "one");
        Turn(_trie, body, out _);

        using var reading = _trie.Read(body, new Letters(by: 10), 1);

        Assert.Equal(30, reading.Prompt.Segments[^1].Tokens);
    }

    [Fact]
    public void More_new_blocks_than_a_record_carries_go_with_the_next()
    {
        var body = Body("[]", "be brief", [.. Enumerable.Range(0, PromptPath.MaxNewNodes + 5).Select(i => $"m{i}")]);

        var first = Turn(_trie, body, out _);
        var second = Turn(_trie, body, out _);

        Assert.Equal(PromptPath.MaxNewNodes, first.NewNodes.Count);
        Assert.Equal(6, second.NewNodes.Count);
        Assert.Equal(first.NewNodes[^1].Chain, second.NewNodes[0].Parent);
    }

    [Fact]
    public void A_known_segment_allocates_nothing()
    {
        var few = Body(Tools, "be brief", [.. Enumerable.Range(0, 100).Select(i => $"message {i}")]);
        var many = Body(Tools, "be brief", [.. Enumerable.Range(0, 300).Select(i => $"message {i}")]);
        Turn(_trie, many, out _);
        Turn(_trie, few, out _);
        var letters = new Letters();

        var ofFew = Allocations.Of(() => _trie.Read(few, letters, 0).Dispose());
        var ofMany = Allocations.Of(() => _trie.Read(many, letters, 0).Dispose());

        Assert.Equal(ofFew, ofMany);
        Assert.InRange(ofFew, 1, 400);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_turns_are_split_over_processes_the_ledger_has_the_same_nodes(int seed)
    {
        var texts = Enumerable.Range(0, 40).Select(i => $"text {i}").ToArray();
        var whole = await StoreAsync("whole.db", [texts], processes: 1, new Random(seed));

        var random = new Random(seed);
        var turns = Enumerable.Range(1, texts.Length - 1).Where(_ => random.Next(3) == 0).Append(texts.Length).Select(n => texts[..n]);
        var split = await StoreAsync("split.db", turns, processes: 2, random);

        Assert.Equal(whole, split);
    }

    [Fact]
    public async Task Nothing_that_a_prompt_says_gets_into_the_ledger_but_names_of_tools()
    {
        string[] secrets = ["PLANTED-name-7f3", "PLANTED-description", "PLANTED-system", "PLANTED-user", "PLANTED-result", "PLANTED tool name", "PLANTED-id"];
        var body = Encoding.UTF8.GetBytes("""
            {"tools":[{"name":"get_weather","description":"PLANTED-description","input_schema":{"x":"PLANTED-name-7f3"}},{"name":"PLANTED tool name","input_schema":{}}],
             "system":"PLANTED-system","messages":[{"role":"user","content":"PLANTED-user"},{"role":"assistant","content":[{"type":"tool_use","id":"PLANTED-id","name":"PLANTED-name-7f3","input":{}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"PLANTED-id","content":"PLANTED-result"}]}]}
            """);
        var path = Path.Combine(_folder.FullName, "private.db");
        var ledger = PatientLedger.Open(path);
        using (var reading = _trie.Read(body, new Letters(), 0))
        {
            ledger.Begin(Record(1, reading.Path!));
            await ledger.WriteAsync(Record(2, reading.Path!), default);
        }

        // The log too, which the last to close the ledger takes away; and the note of the call that never ends.
        var files = _folder.EnumerateFiles("*").Where(file => !file.Name.Contains("inflight", StringComparison.Ordinal)).Select(file => ReadShared(file.FullName)).ToList();
        await ledger.DisposeAsync();
        files.AddRange(_folder.EnumerateFiles("*").Select(file => ReadShared(file.FullName)));
        var bytes = string.Concat(files.Select(Encoding.Latin1.GetString));

        Assert.Contains("get_weather", bytes, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, bytes, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _trie.Dispose();
        _folder.Delete(recursive: true);
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Body(string tools, string system, params string[] texts) => Encoding.UTF8.GetBytes(
        $$"""{"tools":{{tools}},"system":"{{system}}","messages":[{{string.Join(',', texts.Select((text, i) => $$"""{"role":"{{(i % 2 == 0 ? "user" : "assistant")}}","content":"{{text}}"}"""))}}]}""");

    private static CallRecord Record(int number, PromptPath path) => new()
    {
        Id = CallId.Create(DateTimeOffset.UnixEpoch.AddSeconds(number), (UInt128)number),
        Provider = Provider.Anthropic,
        Operation = Operation.Messages,
        Outcome = CallOutcome.Success,
        Cost = new CallCost { Basis = CostBasis.Unpriced },
        Prompt = path,
    };

    private static PromptPath Turn(PromptTrie trie, byte[] body, out long counted, WriteOutcome outcome = WriteOutcome.Committed)
    {
        using var reading = trie.Read(body, new Letters(), 0);
        counted = reading.CountedBytes;
        var path = reading.Path!;
        trie.Confirm(path, outcome);
        return path;
    }

    // The nodes that the last call's prompt has in the ledger.
    private async Task<IReadOnlyList<PromptNode>> StoreAsync(string name, IEnumerable<string[]> turns, int processes, Random random)
    {
        var file = Path.Combine(_folder.FullName, name);
        var tries = Enumerable.Range(0, processes).Select(_ => new PromptTrie(Key, PromptTrie.DefaultMemoryBytes, _clock)).ToList();
        var number = 0;
        await using (var ledger = PatientLedger.Open(file))
        {
            foreach (var texts in turns)
            {
                var trie = tries[random.Next(processes)];
                using var reading = trie.Read(Body(Tools, "be brief", texts), new Letters(), 0);
                trie.Confirm(reading.Path!, await ledger.WriteAsync(Record(++number, reading.Path!), default));
            }
        }

        tries.ForEach(trie => trie.Dispose());
        using var reader = LedgerReader.Open(file);
        var prompt = reader.Prompt(reader.Calls(new CallFilter(), last: 1).Single().Id)!;
        Assert.Equal(0, prompt.Missing);
        return prompt.Nodes;
    }

    // A letter is a token.
    private sealed class Letters(int by = 1) : ISegmentCounter
    {
        public int Count(in Segment segment, ReadOnlySpan<byte> text) => text.Length * by;
    }
}
