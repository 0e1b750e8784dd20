namespace RanCognition.Native.Boundary;

/// <summary>Status codes. The list is closed; a number is never reused.</summary>
[CConstants("RANCOG_")]
internal static class Status
{
    /// <summary>The call did what it says.</summary>
    public const int Ok = 0;

    /// <summary>An argument is NULL, empty, out of range or contradicts another; the message names it.</summary>
    public const int EInvalidArgument = -1;

    /// <summary>The handle is NULL, of another kind, or was destroyed.</summary>
    public const int EInvalidHandle = -2;

    /// <summary>The text is not JSON, or lacks a field or has one of a wrong type; the message says where.</summary>
    public const int EInvalidJson = -3;

    /// <summary>The handle was used from inside one of its own callbacks, or for what cannot be done while another thread runs its tasks; or somebody else has the file of a memory.</summary>
    public const int EBusy = -4;

    /// <summary>The host's progress callback asked to stop.</summary>
    public const int ECancelled = -5;

    /// <summary>There is nothing under the id or name given.</summary>
    public const int ENotFound = -6;

    /// <summary>A documented bound (size, count) would be exceeded.</summary>
    public const int ELimit = -7;

    /// <summary>Memory is exhausted.</summary>
    public const int EOutOfMemory = -8;

    /// <summary>The process is a fork of one that had loaded the library; only a fresh process can use it.</summary>
    public const int EForked = -9;

    /// <summary>A bug of the library; please report it with the message.</summary>
    public const int EInternal = -10;

    /// <summary>The device, or the shared database, could not do what was asked; what was asked is undone and may be asked again.</summary>
    public const int EStorage = -11;

    /// <summary>Name of a code as the header spells it.</summary>
    public static string NameOf(int status) => status switch
    {
        Ok => "RANCOG_OK",
        EInvalidArgument => "RANCOG_E_INVALID_ARGUMENT",
        EInvalidHandle => "RANCOG_E_INVALID_HANDLE",
        EInvalidJson => "RANCOG_E_INVALID_JSON",
        EBusy => "RANCOG_E_BUSY",
        ECancelled => "RANCOG_E_CANCELLED",
        ENotFound => "RANCOG_E_NOT_FOUND",
        ELimit => "RANCOG_E_LIMIT",
        EOutOfMemory => "RANCOG_E_OUT_OF_MEMORY",
        EForked => "RANCOG_E_FORKED",
        EStorage => "RANCOG_E_STORAGE",
        _ => "RANCOG_E_INTERNAL",
    };
}
