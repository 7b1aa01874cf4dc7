; Inno Setup 6: an installer for one user, without administrator's rights. UNTESTED: written on Linux, never run.
;
;   cargo build --locked --release
;   iscc packaging\windows\passerelle.iss
;
; PASSERELLE-*.exe is left in packaging\windows\Output. For a silent deployment: /VERYSILENT /SUPPRESSMSGBOXES.

#define Version "0.1.0"
#define Root "..\.."

[Setup]
AppId={{6F0E4C52-6B0F-4E0B-9C53-6D2B1B0A7E11}
AppName=Passerelle
AppVersion={#Version}
AppPublisher=Les auteurs de Passerelle
PrivilegesRequired=lowest
DefaultDirName={autopf}\Passerelle
DisableProgramGroupPage=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputBaseFilename=PASSERELLE-{#Version}
LicenseFile={#Root}\LICENSE-MIT
UninstallDisplayIcon={app}\bin\passerelle.exe
ChangesAssociations=no
Compression=lzma2
SolidCompression=yes

[Languages]
Name: "french"; MessagesFile: "compiler:Languages\French.isl"

[Files]
; The program looks for share\passerelle beside its own folder.
Source: "{#Root}\target\release\passerelle.exe"; DestDir: "{app}\bin"
Source: "{#Root}\assets\fonts\NotoSerifSC-Regular.ttf"; DestDir: "{app}\share\passerelle\fonts"
Source: "{#Root}\assets\LICENCES.md"; DestDir: "{app}"
Source: "{#Root}\packaging\installation-dsi.md"; DestDir: "{app}"

[Icons]
Name: "{autoprograms}\Passerelle"; Filename: "{app}\bin\passerelle.exe"

[Run]
Filename: "{app}\bin\passerelle.exe"; Description: "Ouvrir Passerelle"; Flags: postinstall nowait skipifsilent
