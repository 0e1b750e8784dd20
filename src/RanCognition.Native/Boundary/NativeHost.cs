using System.Text;
using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Native.Boundary;

/// <summary>The host's callbacks as a core sees them; a missing one falls back to the library's own.</summary>
internal sealed unsafe class NativeHost : IHost
{
    private readonly HostTable _table;
    private ulong _lastNow;   // the host's clock must not go back; what we hand on never does

    private NativeHost(in HostTable table) => _table = table;

    /// <summary>Copies the table; NULL gives the library's own clock, sleep and a fixed seed.</summary>
    public static NativeHost From(HostTable* host)
    {
        if (host is null)
        {
            return new NativeHost(default);
        }
        uint size = host->StructSize;
        if (size < 8 || size > 4096)
        {
            InvalidInputException.Throw("host", $"struct_size {size} is not sizeof(rancog_host)");
        }
        HostTable copy = default;
        uint wholeMembers = Math.Min(size, (uint)sizeof(HostTable)) & ~(uint)(sizeof(nint) - 1);   // half a pointer is no pointer
        Buffer.MemoryCopy(host, &copy, sizeof(HostTable), wholeMembers);
        if (copy.Flags != 0)
        {
            InvalidInputException.Throw("host", $"flags is {copy.Flags}, must be 0");
        }
        return new NativeHost(copy);
    }

    public ulong NowNanoseconds()
    {
        if (_table.NowNs is null)
        {
            return NanoClock.NowNanoseconds();
        }
        ulong now = _table.NowNs(_table.UserData);
        now = Math.Max(now, _lastNow);
        Volatile.Write(ref _lastNow, now);
        CallTime.Note(now);
        return now;
    }

    public bool HasOwnSleep => _table.SleepNs is not null;

    public void Sleep(ulong nanoseconds)
    {
        if (_table.SleepNs is not null)
        {
            _table.SleepNs(nanoseconds, _table.UserData);
            return;
        }
        NanoSleep.Sleep(nanoseconds);
    }

    public void Log(LogLevel level, string message)
    {
        if (_table.Log is null)
        {
            return;
        }
        byte[] text = Encoding.UTF8.GetBytes(message);
        fixed (byte* bytes = text)
        {
            byte none = 0;
            _table.Log((int)level, bytes is null ? &none : bytes, (nuint)text.Length, _table.UserData);
        }
    }

    public IHost ForWorkers() => new WorkerHost(_table.NowNs is null ? null : () => Volatile.Read(ref _lastNow));

    public ulong RandomUInt64() => _table.RandomU64 is null ? 0 : _table.RandomU64(_table.UserData);

    public void Progress(double fraction, string stage)
    {
        if (_table.Progress is null)
        {
            return;
        }
        int length = Encoding.UTF8.GetByteCount(stage);
        Span<byte> text = length < 256 ? stackalloc byte[length + 1] : new byte[length + 1];
        Encoding.UTF8.GetBytes(stage, text);
        text[length] = 0;
        int answer;
        fixed (byte* bytes = text)
        {
            answer = _table.Progress(fraction, bytes, _table.UserData);
        }
        if (answer != 0)
        {
            throw new OperationCanceledException($"cancelled by the host's progress callback during {stage}");
        }
    }
}
