using System.Security.Cryptography;
using System.Text;
using CostLedger.Records.Prompts;

namespace Telemetry.Benchmarks.Ledger;

/// <summary>Prompts as the handler tells them: conversations of fifty turns, each with two new blocks.</summary>
internal static class SomePrompt
{
    private const int TurnsOfConversation = 50;
    private const int NewBlocks = 2;

    public static PromptPath Turn(int number)
    {
        var (conversation, turn) = Math.DivRem(number, TurnsOfConversation);
        var depth = (turn + 1) * NewBlocks;
        return new PromptPath
        {
            Leaf = Hash(conversation, depth),
            Depth = depth,
            Thread = Hash(conversation, 0),
            Breakpoints = [new PromptBreakpoint(depth, PromptLifetime.FiveMinutes)],
            NewNodes = [.. Enumerable.Range(depth - NewBlocks + 1, NewBlocks).Select(at => new PromptNode
            {
                Chain = Hash(conversation, at),
                Parent = at == 1 ? null : Hash(conversation, at - 1),
                Segment = Hash(-conversation, at),
                Level = PromptLevel.Messages,
                Kind = PromptKind.Text,
                Role = PromptRole.User,
                Message = at - 1,
                Bytes = 2_000,
                TextBytes = 1_950,
                Tokens = 480,
            })],
        };
    }

    private static UInt128 Hash(int conversation, int depth) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes($"{conversation}.{depth}")));
}
