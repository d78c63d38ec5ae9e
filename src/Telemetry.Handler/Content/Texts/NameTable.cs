using System.Text;
using System.Text.Json;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Content.Texts;

/// <summary>The members of objects that a reader knows, by name.</summary>
/// <param name="members">Names, and what each is; several names can be the same thing.</param>
internal sealed class NameTable<T>(params (string Name, T Member)[] members)
    where T : struct, Enum
{
    private readonly (byte[] Name, T Member)[] _members = [.. members.Select(static m => (Encoding.UTF8.GetBytes(m.Name), m.Member))];

    /// <summary>The member whose name the reader is on; null for one that is not known.</summary>
    public T? Find(ref Utf8JsonReader json)
    {
        foreach (var (name, member) in _members)
        {
            if (JsonText.Is(ref json, name))
            {
                return member;
            }
        }

        return null;
    }
}
