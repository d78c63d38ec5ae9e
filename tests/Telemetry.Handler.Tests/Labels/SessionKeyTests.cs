using Telemetry.Handler.Labels;
using Xunit;

namespace Telemetry.Handler.Tests.Labels;

public sealed class SessionKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("session-key").FullName;

    private string Ledger => Path.Combine(_folder, "ledger.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_ledger_keeps_its_key()
    {
        var first = SessionKey.LoadOrCreate(Ledger, out _);

        Assert.Equal(first, SessionKey.LoadOrCreate(Ledger, out _));
        Assert.Equal(SessionKey.ByteCount, first.Length);
        Assert.NotEqual(first, SessionKey.LoadOrCreate(Path.Combine(_folder, "other.db"), out _));
    }

    [Fact]
    public void Only_the_owner_can_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes");
        SessionKey.LoadOrCreate(Ledger, out _);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Ledger + SessionKey.Suffix));
        }
    }

    [Fact]
    public void Whoever_starts_at_the_same_time_gets_the_same_key()
    {
        var keys = new byte[16][];

        Parallel.For(0, keys.Length, i => keys[i] = SessionKey.LoadOrCreate(Ledger, out _));

        Assert.All(keys, key => Assert.Equal(SessionKey.LoadOrCreate(Ledger, out _), key));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_is_no_key_is_replaced()
    {
        File.WriteAllBytes(Ledger + SessionKey.Suffix, [1, 2, 3]);

        var key = SessionKey.LoadOrCreate(Ledger, out _);

        Assert.Equal(key, SessionKey.LoadOrCreate(Ledger, out _));
    }

    [Fact]
    public void Where_no_key_can_be_kept_there_is_one_for_the_process()
    {
        var path = Path.Combine(_folder, "absent", "ledger.db");

        Assert.Equal(SessionKey.ByteCount, SessionKey.LoadOrCreate(path, out _).Length);
        Assert.NotEqual(SessionKey.LoadOrCreate(path, out _), SessionKey.LoadOrCreate(path, out _));
    }
}
