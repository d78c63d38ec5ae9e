using System.Text.Json.Nodes;
using MessagesSimulator.Caching;
using Xunit;

namespace EndToEnd.Tests.CacheRules;

/// <summary>What is written, what is found, and how long it lives.</summary>
public sealed class CacheEntryTests
{
    private readonly Ask _ask = new();

    [Fact]
    public void Only_breakpoints_are_written()
    {
        var marked = Ask.Request(Ask.User(Ask.Block(2000), Ask.Block(2000, "5m"), Ask.Block(500)));

        Assert.Equal((0, 4000, 0, 500), _ask.Send(marked));
        Assert.Equal((4000, 0, 0, 500), _ask.Send(marked));
        Assert.Equal(0, _ask.Read(Ask.Request(Ask.User(Ask.Block(2000, "5m"), Ask.Block(100)))));
        Assert.Equal(0, _ask.Read(Ask.Request(Ask.User(Ask.Block(2000), Ask.Block(2000), Ask.Block(500)))));
    }

    [Fact]
    public void Where_a_breakpoint_stands_is_no_part_of_what_is_cached()
    {
        _ask.Send(Ask.Request(Ask.User(Ask.Block(2000, "5m"), Ask.Block(100))));

        Assert.Equal((2000, 100, 0, 0), _ask.Send(Ask.Request(Ask.User(Ask.Block(2000), Ask.Block(100, "5m")))));
    }

    [Theory]
    [InlineData(18, 2000)]
    [InlineData(19, 0)]
    public void Twenty_positions_are_looked_at_and_the_breakpoint_is_the_first(int between, int read)
    {
        _ask.Send(Ask.Request(Ask.User(Ask.Block(2000, "5m"))));
        JsonObject[] more = [.. Enumerable.Range(0, between).Select(_ => Ask.Block(1))];

        Assert.Equal(read, _ask.Read(Ask.Request(Ask.User([Ask.Block(2000), .. more, Ask.Block(1, "5m")]))));
    }

    [Fact]
    public void What_the_last_breakpoint_does_not_find_the_one_before_it_may()
    {
        _ask.Send(Ask.Request(Ask.User(Ask.Block(2000, "5m"))));
        JsonObject[] more = [.. Enumerable.Range(0, 40).Select(i => Ask.Block(1, i == 10 ? "5m" : null))];

        Assert.Equal(2000, _ask.Read(Ask.Request(Ask.User([Ask.Block(2000), .. more, Ask.Block(1, "5m")]))));
    }

    [Theory]
    [InlineData("claude-opus-5", 512)]
    [InlineData("claude-mythos-5", 512)]
    [InlineData("claude-opus-4-8", 1024)]
    [InlineData("claude-opus-4-7", 2048)]
    [InlineData("claude-haiku-4-5", 4096)]
    public void A_prefix_is_cached_from_the_minimum_of_its_model_on(string model, int minimum)
    {
        foreach (var tokens in (int[])[minimum - 1, minimum])
        {
            var request = Ask.With(Ask.Request(Ask.User(Ask.Block(tokens, "5m"))), "model", model);

            var expected = tokens < minimum ? 0 : tokens;
            Assert.Equal((0, expected, 0, tokens - expected), _ask.Send(request));
            Assert.Equal(expected, _ask.Read(request));
        }
    }

    [Theory]
    [InlineData("5m", 4.99, true)]
    [InlineData("5m", 5, false)]
    [InlineData("1h", 59.9, true)]
    [InlineData("1h", 60, false)]
    public void An_entry_lives_for_its_time_from_the_start_of_the_request(string ttl, double minutes, bool lives)
    {
        var request = Ask.Request(Ask.User(Ask.Block(2000, ttl)));
        var writing = _ask.Cache.Ask(Ask.Bytes(request), Ask.Me);
        _ask.Wait(4);
        writing.Begin();
        _ask.Wait(minutes - 4);

        Assert.Equal(lives ? 2000 : 0, _ask.Read(request));
    }

    [Fact]
    public void Reading_gives_an_entry_its_whole_time_again()
    {
        var request = Ask.Request(Ask.User(Ask.Block(2000, "5m")));
        _ask.Send(request);
        for (var i = 0; i < 10; i++)
        {
            _ask.Wait(4.9);
            Assert.Equal((2000, 0, 0, 0), _ask.Send(request));
        }
    }

    [Fact]
    public void Reading_a_longer_prefix_keeps_the_marked_prefixes_within_it()
    {
        var request = Ask.Levels();
        _ask.Send(request);
        _ask.Wait(4);
        _ask.Send(request);
        _ask.Wait(4);

        Assert.Equal(5000, _ask.Read(Ask.With(Ask.Levels(), "messages", new JsonArray(Ask.User(Ask.Block(9, letter: 'x'))))));
    }

    [Fact]
    public void An_entry_may_be_deleted_late()
    {
        var ask = new Ask(new PromptCacheOptions { Lateness = TimeSpan.FromSeconds(30) });
        var request = Ask.Request(Ask.User(Ask.Block(2000, "5m")));
        ask.Send(request);
        ask.Wait(5.4);
        Assert.Equal(2000, ask.Read(request));
        ask.Wait(5.6);
        Assert.Equal(0, ask.Read(request));
    }

    [Fact]
    public void Parallel_first_requests_all_write()
    {
        var request = Ask.Bytes(Ask.Request(Ask.User(Ask.Block(2000, "5m"))));
        var parallel = Enumerable.Range(0, 3).Select(_ => _ask.Cache.Ask(request, Ask.Me)).ToList();

        Assert.All(parallel, answer => Assert.Equal(new CacheUsage(0, 0, 2000, 0), answer.Usage));
        Assert.Equal(0, _ask.Cache.EntryCount);
        parallel[2].Begin();
        Assert.Equal(2000, _ask.Cache.Answer(request, Ask.Me).CacheReadInputTokens);
    }

    [Fact]
    public void Mixed_lifetimes_are_billed_by_the_last_breakpoint_of_each()
    {
        JsonObject Ask4(char last) => Ask.With(
            Ask.Request(Ask.User(Ask.Block(300, letter: last), Ask.Block(200, "5m"), Ask.Block(50))),
            "system",
            new JsonArray(Ask.Block(2000, "1h"), Ask.Block(1000, "1h")));

        Assert.Equal((0, 500, 3000, 50), _ask.Send(Ask4('x')));
        Assert.Equal((3000, 500, 0, 50), _ask.Send(Ask4('y')));
        _ask.Wait(6);
        Assert.Equal((3000, 500, 0, 50), _ask.Send(Ask4('y')));
        _ask.Wait(61);
        Assert.Equal((0, 500, 3000, 50), _ask.Send(Ask4('y')));
    }

    [Fact]
    public void Organisations_workspaces_regions_geographies_and_models_are_apart()
    {
        var request = Ask.Levels();
        var home = new CacheCaller("org", "one", "us-east-1");
        _ask.Send(request, home);

        Assert.Equal(0, _ask.Read(request, home with { Organization = "other" }));
        Assert.Equal(0, _ask.Read(request, home with { Workspace = "two" }));
        Assert.Equal(0, _ask.Read(request, home with { Region = "eu-west-1" }));
        Assert.Equal(0, _ask.Read(Ask.With(Ask.Levels(), "inference_geo", "us"), home));
        Assert.Equal(9000, _ask.Read(Ask.With(Ask.Levels(), "inference_geo", "global"), home));
        Assert.Equal(0, _ask.Read(Ask.With(Ask.Levels(), "model", "claude-opus-5"), home));
        Assert.Equal(9000, _ask.Read(request, home));
    }

    [Fact]
    public void Where_organisations_share_their_workspaces_one_reads_what_another_wrote()
    {
        var cloud = new CacheCaller("org", "one") { SharesWorkspaces = true };
        _ask.Send(Ask.Levels(), cloud);

        Assert.Equal(9000, _ask.Read(Ask.Levels(), cloud with { Workspace = "two" }));
        Assert.Equal(0, _ask.Read(Ask.Levels(), cloud with { Organization = "other" }));
    }

    [Fact]
    public void The_provider_loses_what_it_is_told_to()
    {
        _ask.Send(Ask.Levels());
        Assert.Equal(3, _ask.Cache.EntryCount);
        _ask.Cache.EvictLongest(1);
        Assert.Equal((5000, 4000, 0, 0), _ask.Send(Ask.Levels()));
        _ask.Cache.EvictOldest(1, organization: "nobody");
        Assert.Equal(3, _ask.Cache.EntryCount);
        _ask.Cache.EvictOldest(2);
        Assert.Equal(1, _ask.Cache.EntryCount);
        _ask.Cache.Evict();
        Assert.Equal(0, _ask.Read(Ask.Levels()));
        _ask.Cache.ConcealRead(77);
        Assert.Equal((8923, 0, 0, 77), _ask.Send(Ask.Levels()));
    }

    [Fact]
    public void Loss_by_lot_follows_from_its_seed()
    {
        int[] Reads(int seed)
        {
            var ask = new Ask(new PromptCacheOptions { LossShare = 0.3, LossSeed = seed });
            return [.. Enumerable.Range(0, 400).Select(_ => ask.Read(Ask.Levels()))];
        }

        var reads = Reads(1);
        Assert.Equal(reads, Reads(1));
        Assert.NotEqual(reads, Reads(2));
        Assert.InRange(reads.Count(read => read < 9000), 80, 160);
    }

    [Fact]
    public void A_share_of_the_entries_goes_by_lot()
    {
        foreach (var letter in "abcdefghijklmnopqrst")
        {
            _ask.Send(Ask.Request(Ask.User(Ask.Block(2000, "5m", letter))));
        }

        _ask.Cache.EvictShare(0.5, seed: 3);

        Assert.InRange(_ask.Cache.EntryCount, 4, 16);
    }
}
