# A window on a bare X server, for the proofs that source this: `server`, `launch`, `shown`, `closed`; then the keyboard:
# `focused`, `press`, `write`, `turn`, and what is `held` on the disk.
#
# The environment leads to nothing else: no other display, no session bus, once there is a server a home of its own.
# What is started ends with the proof.

unset DISPLAY WAYLAND_DISPLAY WAYLAND_SOCKET DBUS_SESSION_BUS_ADDRESS XDG_CONFIG_HOME XDG_RUNTIME_DIR || true
server_process='' window_process=''

end() {
  [ -z "$window_process" ] || kill "$window_process" 2>/dev/null || true
  [ -z "$server_process" ] || kill "$server_process" 2>/dev/null || true
}
trap end EXIT

# server [SCREEN]: another X server, 1280x800 and 24 bits a dot unless told. As on a desktop it does not start afresh
# when its last client leaves, which here is whoever looks for a window that is not there yet.
server() {
  [ -z "$server_process" ] || { kill "$server_process"; wait "$server_process" || true; } 2>/dev/null
  rm -f "$WORK/display"
  Xvfb -displayfd 3 -screen 0 "${1:-1280x800x24}" -nolisten tcp -noreset 3>"$WORK/display" 2>/dev/null &
  server_process=$!
  for _ in $(seq 50); do [ -s "$WORK/display" ] && break; sleep 0.2; done
  DISPLAY=:$(cat "$WORK/display")
  export DISPLAY HOME=$WORK
}

# launch COMMAND...: what it says goes to $WORK/out.
launch() {
  "$@" >"$WORK/out" 2>&1 &
  window_process=$!
}

# shown: waits for a window, then for something to be drawn in it, more colours than an empty frame has, and for that
# to rest: a workspace that opens shows the welcome page first, and a caret may blink.
shown() {
  local colours=0 changed
  window=''
  rm -f "$WORK/before.png"
  for _ in $(seq 150); do
    kill -0 "$window_process" 2>/dev/null || { cat "$WORK/out"; echo 'ended before a window appeared'; return 1; }
    window=$(xdotool search --onlyvisible --name . 2>/dev/null | tail -n 1) && [ -n "$window" ] && break
    sleep 0.2
  done
  [ -n "$window" ] || { cat "$WORK/out"; echo 'no window in 30 s'; return 1; }
  for _ in $(seq 40); do
    import -window root "$WORK/shot.png"
    colours=$(identify -format '%k' "$WORK/shot.png")
    if [ "$colours" -gt 60 ] && [ -e "$WORK/before.png" ]; then
      changed=$(compare -metric AE "$WORK/before.png" "$WORK/shot.png" null: 2>&1 || true)
      # A million dots are told as 1e+06.
      [ "$(printf '%.0f' "$changed")" -ge 2000 ] || { rm "$WORK/before.png"; echo "$colours colours"; return; }
    fi
    cp "$WORK/shot.png" "$WORK/before.png"
    sleep 1
  done
  cat "$WORK/out"
  echo "blank: $colours colours"
  return 1
}

# closed: asks the window to close; nothing of a Rust trace was said.
closed() {
  kill -0 "$window_process"
  xdotool windowclose "$window" 2>/dev/null || true
  for _ in $(seq 50); do kill -0 "$window_process" 2>/dev/null || break; sleep 0.2; done
  kill "$window_process" 2>/dev/null || true
  wait "$window_process" 2>/dev/null || true
  window_process=''
  ! grep -i 'panicked\|RUST_BACKTRACE' "$WORK/out"
}

# focused: the window is there and has the keyboard.
focused() {
  shown
  xdotool windowfocus --sync "$window"
  sleep 1
}

# press KEY...
press() {
  xdotool key --delay 40 "$@"
}

# alike: whether the screen is as it was at the last look, but for a caret; this is the next one.
alike() {
  local changed
  import -window root "$WORK/now.ppm"
  changed=$(cmp -l "$WORK/last.ppm" "$WORK/now.ppm" | wc -l)
  mv "$WORK/now.ppm" "$WORK/last.ppm"
  [ "$changed" -lt 6000 ]
}

# rests: what is drawn has come to rest.
rests() {
  for _ in $(seq 40); do sleep 0.4; ! alike || return 0; done
  echo 'it never rests'
  return 1
}

# write WORDS: typed, and what they lead to is drawn.
write() {
  xdotool type --delay 30 "$1"
  import -window root "$WORK/last.ppm"
  rests
}

# turn KEY...: pressed, and another page is drawn.
turn() {
  import -window root "$WORK/last.ppm"
  press "$@"
  for _ in $(seq 50); do sleep 0.2; alike || { rests; return; }; done
  cat "$WORK/out"
  echo "the same page after $*"
  return 1
}

# held WORDS FILE...: waits for the words in one of these files.
held() {
  local words=$1
  shift
  for _ in $(seq 40); do grep -qsF "$words" "$@" && return; sleep 0.5; done
  cat "$WORK/out"
  echo "never on the disk: $words"
  return 1
}
