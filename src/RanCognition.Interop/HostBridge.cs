using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Performance;

namespace RanCognition.Interop;

/// <summary>The host's callbacks as the library calls them. Progress is always there: it is how a call is cancelled.</summary>
internal sealed unsafe class HostBridge
{
    private readonly Host _host;
    private GCHandle _self;

    // Given when the host's clock throws: a call that fails must not see time go back.
    private ulong _lastNow;

    /// <summary>The library finds it by a weak reference: whoever owns the native object keeps this alive, so an object that only its own callbacks refer to can be collected.</summary>
    public HostBridge(Host? host)
    {
        _host = host ?? new Host();
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
    }

    public RancogHost Table() => new()
    {
        StructSize = (uint)sizeof(RancogHost),
        NowNs = _host.Now is null ? null : &OnNow,
        SleepNs = _host.Sleep is null ? null : &OnSleep,
        Log = _host.Log is null ? null : &OnLog,
        RandomU64 = _host.Random is null ? null : &OnRandom,
        Progress = &OnProgress,
        UserData = (void*)GCHandle.ToIntPtr(_self),
    };

    /// <summary>After the native object has gone.</summary>
    public void Free() => _self.Free();

    private static HostBridge? Of(void* userData) => GCHandle.FromIntPtr((nint)userData).Target as HostBridge;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong OnNow(void* userData)
    {
        HostBridge? bridge = Of(userData);
        if (bridge is null)
        {
            return 0;
        }
        try
        {
            ulong now = bridge._host.Now!();
            Volatile.Write(ref bridge._lastNow, now);
            return now;
        }
        catch (Exception error)
        {
            CallScope.Keep(error);
            return Volatile.Read(ref bridge._lastNow);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSleep(ulong nanoseconds, void* userData)
    {
        try
        {
            Of(userData)?._host.Sleep!(nanoseconds);
        }
        catch (Exception error)
        {
            CallScope.Keep(error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(int level, byte* message, nuint length, void* userData)
    {
        try
        {
            Of(userData)?._host.Log!((LogLevel)level, System.Text.Encoding.UTF8.GetString(message, checked((int)length)));
        }
        catch (Exception error)
        {
            CallScope.Keep(error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong OnRandom(void* userData)
    {
        try
        {
            return Of(userData)?._host.Random!() ?? 0;
        }
        catch (Exception error)
        {
            CallScope.Keep(error);
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnProgress(double fraction, byte* stage, void* userData)
    {
        try
        {
            if (CallScope.IsEnding)
            {
                return 1;
            }
            CallScope.Report(fraction);
            bool goOn = Of(userData)?._host.Progress?.Invoke(fraction, NativeCall.Text(stage)) ?? true;
            return goOn && !CallScope.IsEnding ? 0 : 1;
        }
        catch (Exception error)
        {
            CallScope.Keep(error);
            return 1;
        }
    }
}
