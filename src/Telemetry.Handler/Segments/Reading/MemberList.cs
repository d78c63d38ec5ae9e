using System.Runtime.InteropServices;
using System.Text.Json;

namespace Telemetry.Handler.Segments.Reading;

/// <summary>The members of the object at hand; those of an object within it stand behind them.</summary>
internal sealed class MemberList
{
    private readonly List<Member> _members = [];

    /// <summary>The number of members.</summary>
    public int Count => _members.Count;

    /// <summary>All of them.</summary>
    public ReadOnlySpan<Member> All => CollectionsMarshal.AsSpan(_members);

    /// <summary>One of them.</summary>
    public Member this[int index] => _members[index];

    /// <summary>Notes where the members of an object are; the reader stands on its beginning and is left at its end.</summary>
    /// <param name="json">The reader.</param>
    /// <param name="offset">Where the reader's text begins in the body.</param>
    public void Scan(ref Utf8JsonReader json, int offset = 0)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = MemberNames.Of(ref json);
            var (nameStart, nameLength) = ((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            _members.Add(new Member(name, offset + nameStart, nameLength, offset + start, (int)json.BytesConsumed - start));
        }
    }

    /// <summary>Finds a member: the last of several equal keys counts.</summary>
    /// <param name="first">The first member of the object.</param>
    /// <param name="name">Which.</param>
    /// <returns>The member; one without length where there is none.</returns>
    public Member Find(int first, MemberName name)
    {
        for (var i = _members.Count - 1; i >= first; i--)
        {
            if (_members[i].Name == name)
            {
                return _members[i];
            }
        }

        return default;
    }

    /// <summary>Lets two members change places.</summary>
    public void Swap(int one, int other) => (_members[one], _members[other]) = (_members[other], _members[one]);

    /// <summary>Puts a member into a place.</summary>
    public void Put(int place, Member member) => _members[place] = member;

    /// <summary>Forgets all members from a place on.</summary>
    public void CutTo(int count) => _members.RemoveRange(count, _members.Count - count);
}
