using System.Reflection;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using SQLitePCL;

namespace RanCognition.Memory.Storage;

/// <summary>Which SQLite answers. In librancognition it is the one that goes with it; elsewhere the one of the package e_sqlite3, as .NET finds it.</summary>
/// <remarks>
/// The file has a name of its own, so no SQLite of the system or of the program is ever taken for it, and the loader finds it by the RUNPATH of the image that this code is in.
/// It is loaded with the first memory and not with the library.
/// </remarks>
internal static class SqliteLibrary
{
    /// <summary>Set when librancognition is compiled.</summary>
    internal const string OwnFileSwitch = "RanCognition.OwnSqlite";

    internal const string OwnFile = "librancognition-sqlite3.so";

    private static readonly Lock Gate = new();
    private static nint _own;        // handle of the own file; never closed, as the library itself
    private static bool _ready;      // the provider is set

    /// <summary>SQLite can be called when this returns.</summary>
    /// <exception cref="NotFoundException">The file that goes with the library is missing.</exception>
    public static void Use()
    {
        lock (Gate)
        {
            if (_ready)
            {
                return;
            }
            if (AppContext.TryGetSwitch(OwnFileSwitch, out bool own) && own)
            {
                LoadOwn();
            }
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            _ready = true;
        }
    }

    private static void LoadOwn()
    {
        if (!NativeLibrary.TryLoad(OwnFile, out nint handle))
        {
            throw new NotFoundException(OwnFile, "cannot be loaded; it belongs beside librancognition.so, or in the folder rancognition there: install the library as a whole");
        }
        if (_own == 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        }
        _own = handle;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) => name == "e_sqlite3" ? _own : 0;
}
