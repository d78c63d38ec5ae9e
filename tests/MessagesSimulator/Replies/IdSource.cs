using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MessagesSimulator.Replies;

/// <summary>Makes ids of the API's shape; the same seed gives the same ids in the same order.</summary>
internal sealed class IdSource(int seed)
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int Length = 22;

    private int _made;

    public string Next(string prefix)
    {
        Span<byte> key = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(key, seed);
        BinaryPrimitives.WriteInt32LittleEndian(key[4..], Interlocked.Increment(ref _made));
        return prefix + string.Create(Length, SHA256.HashData(key), static (chars, hash) =>
        {
            for (var i = 0; i < chars.Length; i++)
            {
                chars[i] = Alphabet[hash[i] % Alphabet.Length];
            }
        });
    }
}
