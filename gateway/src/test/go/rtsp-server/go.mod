module dev.framewise/rtsp-server

go 1.19

require github.com/bluenviron/gortsplib/v4 v4.8.0

require (
	github.com/bluenviron/mediacommon v1.9.2 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/pion/randutil v0.1.0 // indirect
	github.com/pion/rtcp v1.2.14 // indirect
	github.com/pion/rtp v1.8.3 // indirect
	github.com/pion/sdp/v3 v3.0.6 // indirect
	golang.org/x/net v0.21.0 // indirect
	golang.org/x/sys v0.17.0 // indirect
)
