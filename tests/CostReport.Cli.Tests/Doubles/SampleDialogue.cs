using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Records.Tools;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>Conversations with tools: an agent that ends in a loop, one that forks, one that the application names, and calls of none.</summary>
internal static class SampleDialogue
{
    private const int FirstSeed = 7_000;

    private static readonly string[] Tools = ["find_order", "read_file", "send_mail"];

    /// <summary>The calls.</summary>
    public static IReadOnlyList<CallRecord> All() => [.. Agent().Concat(Forked()).Concat(Named()).Append(Call(900, [], "shop")).OrderBy(call => call.Id)];

    private static IEnumerable<CallRecord> Agent()
    {
        var prompt = new List<string> { "u:check the orders" };
        yield return Call(0, prompt, "shop");
        for (var i = 1; i <= 7; i++)
        {
            var (tool, arguments, isError) = i < 3 ? ("find_order", (UInt128)i, false) : ("read_file", (UInt128)99, true);
            prompt.AddRange([$"a:use {tool} {arguments}", $"r:result {i}"]);
            var round = new ToolRound
            {
                Key = (UInt128)(1_000 + i),
                Tool = tool,
                Arguments = arguments,
                Result = (UInt128)i,
                IsError = isError,
                UseTokens = 40,
                ResultTokens = 300 * i,
            };
            yield return Call(10 * i, prompt, "shop") with
            {
                ToolRounds = [round],
                ToolLoop = i < 5 ? null : new ToolLoop { Kind = ToolLoopKind.Repeat, Tool = "read_file", Rounds = i - 2, SinceMessage = 6, IsFirst = i == 5 },
            };
        }
    }

    private static IEnumerable<CallRecord> Forked()
    {
        List<string> prompt = ["u:tell me a story", "a:once upon a time", "u:and then?"];
        return
        [
            Call(300, prompt[..1], null),
            Call(310, prompt, null),
            Call(320, [.. prompt, "a:she slept", "u:for how long?"], null),
            Call(330, [.. prompt, "a:she slept", "u:why?"], null),
        ];
    }

    private static IEnumerable<CallRecord> Named() =>
        [Call(400, ["u:hi"], "desk", "support-4711"), Call(401, ["u:a title, please"], "desk", "support-4711"), Call(420, ["u:hi", "a:hello", "u:my order"], "desk", "support-4711")];

    private static CallRecord Call(int number, List<string> blocks, string? session, string? conversation = null)
    {
        var tokens = 6_000 + (400L * blocks.Count);
        return Sample.Priced(Sample.Call(Sample.Now.AddSeconds(-40_000 + (number * 10)), FirstSeed + number, "claude-opus-5-5") with
        {
            Labels = new CallLabels { Session = session, Conversation = conversation },
            Usage = new TokenUsage { InputTokens = 100, CacheReadInputTokens = tokens - 500, CacheCreationInputTokens = 400, CacheCreation5mInputTokens = 400, OutputTokens = 200 },
            Estimate = null,
            Prompt = blocks.Count == 0 ? null : PromptOf(blocks),
        });
    }

    /// <summary>The prompt of some blocks behind the tools and the system prompt; the first letter tells who speaks: u, a, or r for a result.</summary>
    public static PromptPath PromptOf(IReadOnlyList<string> blocks, string system = "s:be brief")
    {
        var nodes = Nodes([.. Tools, system, .. blocks]);
        return new PromptPath { Leaf = nodes[^1].Chain, Depth = nodes.Count, Thread = nodes[Tools.Length + 1].Segment, NewNodes = nodes };
    }

    private static List<PromptNode> Nodes(IReadOnlyList<string> blocks)
    {
        var nodes = new List<PromptNode>();
        UInt128? parent = null;
        foreach (var text in blocks)
        {
            var segment = Hash(text);
            var chain = Hash($"{parent} {segment}");
            var place = nodes.Count - 4;
            nodes.Add(new PromptNode
            {
                Chain = chain,
                Parent = parent,
                Segment = segment,
                Level = place < -1 ? PromptLevel.Tools : place < 0 ? PromptLevel.System : PromptLevel.Messages,
                Kind = place < -1 ? PromptKind.Tool : text[0] == 'r' ? PromptKind.ToolResult : PromptKind.Text,
                Role = place < -1 ? PromptRole.None : place < 0 ? PromptRole.System : text[0] == 'a' ? PromptRole.Assistant : PromptRole.User,
                Message = Math.Max(-1, place),
                Tokens = place < -1 ? 700 + (100 * nodes.Count) : place < 0 ? 3_600 : 400,
                ToolName = place < -1 ? text : null,
            });
            parent = chain;
        }

        return nodes;
    }

    private static UInt128 Hash(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
